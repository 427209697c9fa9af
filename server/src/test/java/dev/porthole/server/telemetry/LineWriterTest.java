package dev.porthole.server.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class LineWriterTest {
    private final LoggerContext context = new LoggerContext();

    private LineWriter writer(OutputStream out) {
        LineWriter writer = new LineWriter(new LineEncoder(ZoneOffset.UTC), out);
        writer.setContext(context);
        writer.start();
        return writer;
    }

    private LoggingEvent event(int number) {
        return new LoggingEvent(
                "test", context.getLogger("dev.porthole.access"), Level.INFO, "GET /{} -> 200", null, new Object[] {
                    number
                });
    }

    @Test
    void theLastLinesAreWrittenAtTheEndInTheirOrder() { // B-D11
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        LineWriter writer = writer(out);
        for (int i = 0; i < 1_000; i++) {
            writer.doAppend(event(i));
        }
        writer.stop();
        writer.doAppend(event(1_000));
        assertThat(out.toString(StandardCharsets.UTF_8).lines())
                .hasSize(1_000)
                .first()
                .asString()
                .endsWith("GET /0 -> 200");
        assertThat(out.toString(StandardCharsets.UTF_8)).endsWith("GET /999 -> 200\n");
    }

    @Test
    void whoLogsNeverWaitsForASlowReaderAndTheReaderIsToldWhatIsMissing() throws Exception { // B-D11, T-L4
        CountDownLatch reading = new CountDownLatch(1);
        CountDownLatch stuck = new CountDownLatch(1);
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        LineWriter writer = writer(new OutputStream() {
            @Override
            public void write(int octet) {
                write(new byte[] {(byte) octet}, 0, 1);
            }

            @Override
            public void write(byte[] octets, int from, int length) {
                reading.countDown();
                boolean interrupted = false;
                while (true) {
                    try {
                        stuck.await();
                        break;
                    } catch (InterruptedException later) {
                        interrupted = true;
                    }
                }
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
                read.write(octets, from, length);
            }
        });
        writer.doAppend(event(0));
        reading.await();
        for (int i = 0; i < 20_000; i++) {
            writer.doAppend(event(i));
        }
        stuck.countDown();
        writer.stop();
        assertThat(read.toString(StandardCharsets.UTF_8))
                .containsPattern("\\d+ lines of requests are left out: the log is read too slowly");
        assertThat(read.toString(StandardCharsets.UTF_8).lines().count()).isLessThan(20_000);
    }
}
