package dev.porthole.core.wire.http2;

import io.netty.buffer.ByteBuf;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Headers;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** A client's and a server's end, and the bytes between them moved by hand. */
final class Ends implements AutoCloseable {
    static final int STREAM_WINDOW = 64 * 1024;

    static final ConnectionLimits LIMITS = new ConnectionLimits(
            100, 256 * 1024, STREAM_WINDOW, 16 * 1024, 64 * 1024, true, new Misuse.Allowance(50, 50));

    /** A stream that the client opened, at the server. */
    record Served(Stream stream, Http2Headers head, Recorder recorder) {}

    final List<Served> served = new ArrayList<>();
    final Multiplexer client = new Multiplexer(Multiplexer.Role.CLIENT, LIMITS, new ConnectionListener() {
        @Override
        public StreamReceiver onStream(Stream stream, Http2Headers head, boolean endOfStream) {
            throw new AssertionError("a server opened a stream");
        }
    });
    final Multiplexer server = new Multiplexer(Multiplexer.Role.SERVER, LIMITS, new ConnectionListener() {
        @Override
        public StreamReceiver onStream(Stream stream, Http2Headers head, boolean endOfStream) {
            Recorder recorder = new Recorder();
            recorder.ended = endOfStream;
            served.add(new Served(stream, head, recorder));
            return recorder;
        }
    });
    private final EmbeddedChannel clientChannel = new EmbeddedChannel(client);
    private final EmbeddedChannel serverChannel = new EmbeddedChannel(server);

    /** How many bytes are moved at once; 0 for all. */
    int pieces;

    Ends() {
        pump();
    }

    static Http2Headers head() {
        return new DefaultHttp2Headers()
                .method("GET")
                .scheme("http")
                .authority("a.test")
                .path("/");
    }

    Stream open(StreamReceiver receiver, boolean end) {
        return open(head(), receiver, end);
    }

    Stream open(Http2Headers head, StreamReceiver receiver, boolean end) {
        return Objects.requireNonNull(client.open(head, end, receiver));
    }

    /** Moves bytes both ways until there are no more. */
    void pump() {
        boolean moved = true;
        while (moved) {
            client.flush();
            server.flush();
            clientChannel.runPendingTasks();
            serverChannel.runPendingTasks();
            moved = move(clientChannel, serverChannel);
            moved |= move(serverChannel, clientChannel);
        }
    }

    void disconnect() {
        clientChannel.close();
        serverChannel.close();
    }

    @Override
    public void close() {
        clientChannel.finishAndReleaseAll();
        serverChannel.finishAndReleaseAll();
    }

    private boolean move(EmbeddedChannel from, EmbeddedChannel to) {
        boolean moved = false;
        for (ByteBuf bytes = from.readOutbound(); bytes != null; bytes = from.readOutbound()) {
            moved = true;
            if (!to.isOpen()) {
                bytes.release();
            } else if (pieces == 0) {
                to.writeInbound(bytes);
            } else {
                while (bytes.isReadable()) {
                    to.writeInbound(bytes.readRetainedSlice(Math.min(pieces, bytes.readableBytes())));
                }
                bytes.release();
            }
        }
        return moved;
    }
}
