package dev.porthole.bench.codec;

import dev.porthole.core.wire.http2.ConnectionLimits;
import dev.porthole.core.wire.http2.ConnectionListener;
import dev.porthole.core.wire.http2.Misuse;
import dev.porthole.core.wire.http2.Multiplexer;
import dev.porthole.core.wire.http2.Stream;
import dev.porthole.core.wire.http2.StreamReceiver;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Headers;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** A session's HTTP/2, both ends of it, with nothing between them but memory. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 2,
        jvmArgsAppend = {
            "-XX:+UseSerialGC",
            "-Xmn32m",
            "-Dio.netty.leakDetection.level=disabled",
            "-Dslf4j.provider=org.slf4j.helpers.NOP_FallbackServiceProvider",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow"
        })
public class SessionBenchmark {
    private static final int WINDOW = 1 << 20;
    private static final ConnectionLimits LIMITS =
            new ConnectionLimits(100, 16 * WINDOW, WINDOW, 1 << 16, 1 << 16, true, new Misuse.Allowance(100, 100));

    private final ByteBuf body =
            Unpooled.unreleasableBuffer(Unpooled.directBuffer().writeZero(1024));
    private final Answers answers = new Answers();
    private Multiplexer client;
    private EmbeddedChannel near;
    private EmbeddedChannel far;

    @Setup
    public void connect() {
        client = new Multiplexer(Multiplexer.Role.CLIENT, LIMITS, answers);
        near = new EmbeddedChannel(client);
        far = new EmbeddedChannel(new Multiplexer(Multiplexer.Role.SERVER, LIMITS, answers));
        move();
    }

    @TearDown
    public void disconnect() {
        near.finishAndReleaseAll();
        far.finishAndReleaseAll();
    }

    /** One GET and its answer of 1 KiB. */
    @Benchmark
    public int requestAndAnswer() {
        Http2Headers request = new DefaultHttp2Headers(false, 16)
                .method("GET")
                .scheme("http")
                .authority("brave-otter-sings.localhost:8080")
                .path("/assets/index.css?v=3")
                .add("user-agent", "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0")
                .add("accept", "text/css,*/*;q=0.1")
                .add("accept-encoding", "gzip, deflate, br")
                .add("x-forwarded-for", "203.0.113.7")
                .add("porthole-tunnel", "tun_0123456789abcdef0123456789abcdef");
        client.open(request, true, answers);
        client.flush();
        move();
        return answers.bytes;
    }

    private void move() {
        boolean moved = true;
        while (moved) {
            near.runPendingTasks();
            far.runPendingTasks();
            moved = move(near, far);
            moved |= move(far, near);
        }
    }

    private static boolean move(EmbeddedChannel from, EmbeddedChannel to) {
        boolean moved = false;
        for (ByteBuf bytes = from.readOutbound(); bytes != null; bytes = from.readOutbound()) {
            to.writeInbound(bytes);
            moved = true;
        }
        return moved;
    }

    /** Answers as the far end, and counts as the near one. */
    private final class Answers implements ConnectionListener, StreamReceiver {
        private int bytes;

        @Override
        public StreamReceiver onStream(Stream stream, Http2Headers head, boolean endOfStream) {
            stream.headers(
                    new DefaultHttp2Headers(false, 8)
                            .status("200")
                            .add("content-type", "text/css")
                            .add("content-length", "1024"),
                    false);
            stream.data(body.duplicate(), true);
            stream.flush();
            return this;
        }

        @Override
        public void onHeaders(Http2Headers headers, boolean endOfStream) {
            bytes += headers.size();
        }

        @Override
        public void onData(ByteBuf data, boolean endOfStream) {
            bytes += data.readableBytes();
        }

        @Override
        public void onWritable() {}

        @Override
        public void onClosed(boolean complete, long errorCode) {}
    }
}
