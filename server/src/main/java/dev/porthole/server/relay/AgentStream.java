package dev.porthole.server.relay;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Stream;

/** The edge's side of one stream to an agent. Used on the session's event loop only; nothing is flushed by itself. */
public final class AgentStream {
    private final Http2ConnectionHandler http2;
    private final ChannelHandlerContext context;
    private final Http2Stream stream;

    AgentStream(Http2ConnectionHandler http2, ChannelHandlerContext context, Http2Stream stream) {
        this.http2 = http2;
        this.context = context;
        this.stream = stream;
    }

    /**
     * Whether more should be written now. False while as much waits as the agent's window takes; then
     * {@link StreamListener#onWritable} follows.
     */
    public boolean isWritable() {
        return http2.connection().remote().flowController().isWritable(stream);
    }

    /** Writes a piece of the request's body and takes over the buffer. Writes to an ended stream are dropped. */
    public void write(ByteBuf data, boolean endOfStream) {
        http2.encoder().writeData(context, stream.id(), data, 0, endOfStream, context.newPromise());
    }

    /** Ends the request with trailers. */
    public void end(Http2Headers trailers) {
        http2.encoder().writeHeaders(context, stream.id(), trailers, 0, true, context.newPromise());
    }

    /** Lets the agent send this many bytes more, because the visitor's connection took as many. */
    public void consumed(int bytes) {
        if (bytes == 0) {
            return;
        }
        try {
            if (http2.connection().local().flowController().consumeBytes(stream, bytes)) {
                http2.flush(context);
            }
        } catch (Http2Exception broken) {
            http2.onError(context, true, broken);
        }
    }

    /** Tells the agent that nobody waits for this answer any more. Does nothing on a closed stream. */
    public void cancel() {
        if (stream.state() != Http2Stream.State.CLOSED) {
            http2.resetStream(context, stream.id(), Http2Error.CANCEL.code(), context.newPromise());
            http2.flush(context);
        }
    }

    /** Sends what was written. Cheap to call often: flushes of one turn of the event loop become one. */
    public void flush() {
        http2.flush(context);
    }
}
