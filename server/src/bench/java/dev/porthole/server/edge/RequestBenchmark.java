package dev.porthole.server.edge;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What the edge does to a visitor's request before it knows whom it is for. */
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
public class RequestBenchmark {
    private static final String REQUEST = """
            GET /assets/index.css?v=3 HTTP/1.1
            Host: brave-otter-sings.localhost:8080
            User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0
            Accept: text/css,*/*;q=0.1
            Accept-Language: en-GB,en;q=0.5
            Accept-Encoding: gzip, deflate, br
            Connection: keep-alive
            Cookie: session=0123456789abcdef0123456789abcdef; theme=dark

            """;

    private final ByteBuf bytes = Unpooled.unreleasableBuffer(
            Unpooled.directBuffer().writeBytes(REQUEST.replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII)));
    private final EmbeddedChannel channel = new EmbeddedChannel(new StrictRequestDecoder(EdgeSettings.Limits.DEFAULT));

    /** Bytes into a request, strictly, and who is meant. */
    @Benchmark
    public RequestTarget decode() throws UnacceptableRequest {
        channel.writeInbound(bytes.duplicate());
        HttpRequest request = channel.readInbound();
        RequestTarget target = RequestTarget.of(request);
        ReferenceCountUtil.release(channel.readInbound());
        return target;
    }
}
