/** The authorization server, the ways to sign in, and the proofs that later calls carry. */
@NullMarked
package dev.porthole.server.identity;

import org.jspecify.annotations.NullMarked;
