/**
 * HTTP/2 (RFC 9113) for both ends of a session, and for visitors: frames, header blocks, streams, flow control.
 *
 * <p>It does only what these need: no priorities, no push, no dispatch through a pipeline, one buffer for many frames.
 * What a request's fields may say is for who listens to the streams: see the server's {@code Http2Request}. Header
 * compression is Netty's (RFC 7541). Start reading at {@link dev.porthole.core.wire.http2.Multiplexer}.
 */
@NullMarked
package dev.porthole.core.wire.http2;

import org.jspecify.annotations.NullMarked;
