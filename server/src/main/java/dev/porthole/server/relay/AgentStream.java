package dev.porthole.server.relay;

import dev.porthole.core.wire.http2.Stream;
import dev.porthole.core.wire.http2.StreamReceiver;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Headers;

/** The edge's side of one stream to an agent. Used on the session's event loop only; nothing is flushed by itself. */
public final class AgentStream {
    private final Stream stream;

    AgentStream(Stream stream) {
        this.stream = stream;
    }

    /**
     * Whether more should be written now. False while as much waits as the agent's window takes; then
     * {@link StreamListener#onWritable} follows.
     */
    public boolean isWritable() {
        return stream.isWritable();
    }

    /** Writes a piece of the request's body and takes over the buffer. Writes to an ended stream are dropped. */
    public void write(ByteBuf data, boolean endOfStream) {
        stream.data(data, endOfStream);
    }

    /** Ends the request with trailers. */
    public void end(Http2Headers trailers) {
        stream.trailers(trailers);
    }

    /** Lets the agent send this many bytes more, because the visitor's connection took as many. */
    public void consumed(int bytes) {
        stream.consumed(bytes);
    }

    /** Tells the agent that nobody waits for this answer any more. Does nothing on a closed stream. */
    public void cancel() {
        stream.reset(Http2Error.CANCEL);
    }

    /** Sends what was written. Cheap to call often: flushes of one turn of the event loop become few. */
    public void flush() {
        stream.flush();
    }

    /** Brings what the agent says to the exchange that waits for it. */
    record Receiver(StreamListener listener, Runnable closed) implements StreamReceiver {
        @Override
        public void onHeaders(Http2Headers headers, boolean endOfStream) {
            listener.onHeaders(headers, endOfStream);
        }

        @Override
        public void onData(ByteBuf data, boolean endOfStream) {
            listener.onData(data, endOfStream);
        }

        @Override
        public void onWritable() {
            listener.onWritable();
        }

        @Override
        public void onClosed(boolean complete, long errorCode) {
            closed.run();
            if (complete) {
                listener.onClosed();
            } else {
                listener.onReset(errorCode);
            }
        }
    }
}
