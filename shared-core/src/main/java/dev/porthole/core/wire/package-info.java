/**
 * The tunnel protocol, transposed HTTP/2: handshake, header names, control messages, limits. Knows nothing else of
 * Porthole.
 */
@NullMarked
package dev.porthole.core.wire;

import org.jspecify.annotations.NullMarked;
