/**
 * How the owner's own programs speak to a running server: a socket in its data folder that only the owner can reach.
 */
@NullMarked
package dev.porthole.server.admin;

import org.jspecify.annotations.NullMarked;
