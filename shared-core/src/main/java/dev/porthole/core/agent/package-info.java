/**
 * The part of Porthole that runs on the user's side: heartbeat, transposed sessions, credentials, reconnecting, and
 * keeping what the edge knows equal to what the user wants.
 */
@NullMarked
package dev.porthole.core.agent;

import org.jspecify.annotations.NullMarked;
