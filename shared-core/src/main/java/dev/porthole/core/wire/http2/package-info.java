/**
 * HTTP/2 (RFC 9113) as a session speaks it, for both ends: frames, header blocks, streams, flow control.
 *
 * <p>Visitors' HTTP/2 is Netty's. This one carries every request twice, once on each side of the wire, and does only
 * what a session needs: no priorities, no push, no dispatch through a pipeline, one buffer for many frames. Header
 * compression is Netty's (RFC 7541). Start reading at {@link dev.porthole.core.wire.http2.Multiplexer}.
 */
@NullMarked
package dev.porthole.core.wire.http2;

import org.jspecify.annotations.NullMarked;
