/** Sessions: the PTTH handshake, streams, balancing over an agent's sessions. */
@NullMarked
package dev.porthole.server.relay;

import org.jspecify.annotations.NullMarked;
