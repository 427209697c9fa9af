package dev.porthole.core.agent;

import dev.porthole.core.proxy.EdgeStream;
import dev.porthole.core.proxy.StreamHandler;
import dev.porthole.core.wire.ControlMessage;
import dev.porthole.core.wire.ControlMessageCodec;
import dev.porthole.core.wire.ControlMessageException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Headers;
import java.util.function.Consumer;

/** The long stream on which both sides send control messages. On the event loop only. */
final class ControlStream implements StreamHandler {
    private final EdgeStream stream;
    private final Consumer<ControlMessage> received;
    private final Consumer<String> broken;
    private final ControlMessageCodec codec = new ControlMessageCodec();

    /**
     * Answers the edge's request for it.
     *
     * @param broken told once why this stream, and with it the session, is no good any more
     */
    ControlStream(EdgeStream stream, Consumer<ControlMessage> received, Consumer<String> broken) {
        this.stream = stream;
        this.received = received;
        this.broken = broken;
        stream.head(new DefaultHttp2Headers().status("200"), false);
        stream.flush();
    }

    void send(ControlMessage message) {
        stream.data(Unpooled.wrappedBuffer(ControlMessageCodec.encode(message)), false);
        stream.flush();
    }

    @Override
    public int onData(ByteBuf data, boolean end) {
        int bytes = data.readableBytes();
        try {
            codec.decode(data).forEach(received);
        } catch (ControlMessageException unreadable) {
            broken.accept(String.valueOf(unreadable.getMessage()));
        }
        if (end) {
            broken.accept("The server ended the control stream.");
        }
        return bytes;
    }

    @Override
    public void onTrailers(Http2Headers trailers) {
        broken.accept("The server ended the control stream.");
    }

    @Override
    public void onWritabilityChanged() {}

    @Override
    public void onClosed() {
        broken.accept("The server closed the control stream.");
    }
}
