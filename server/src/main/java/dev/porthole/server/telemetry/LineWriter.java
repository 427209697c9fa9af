package dev.porthole.server.telemetry;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import ch.qos.logback.core.encoder.Encoder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Writes a line for each request without holding anyone up: event loops put events into a queue, and one thread formats
 * what has come together and writes it at once. A line is written 20 ms after its request at the latest, if the log's
 * reader keeps up; if not, lines are left out, and how many is said.
 *
 * <p>An event's arguments are read on the writing thread: they must not change.
 */
final class LineWriter extends UnsynchronizedAppenderBase<ILoggingEvent> {
    /** Half a second of a busy server. */
    private static final int WAITING = 8_192;

    private static final Duration GATHERED = Duration.ofMillis(20);
    private static final Duration LAST_WORDS = Duration.ofSeconds(1);

    private final Encoder<ILoggingEvent> encoder;
    private final OutputStream out;
    private final BlockingQueue<ILoggingEvent> queue = new ArrayBlockingQueue<>(WAITING);
    private final AtomicLong leftOut = new AtomicLong();
    private final CountDownLatch ending = new CountDownLatch(1);
    private @Nullable Thread thread;

    /** @param encoder is used on one thread */
    LineWriter(Encoder<ILoggingEvent> encoder, OutputStream out) {
        this.encoder = encoder;
        this.out = out;
    }

    @Override
    public synchronized void start() {
        super.start();
        thread = Thread.ofPlatform().daemon().name("access-lines").start(this::run);
    }

    /** Writes what waits, within a second; what comes later is not written. */
    @Override
    public synchronized void stop() {
        super.stop();
        ending.countDown();
        Thread writing = thread;
        if (writing != null) {
            writing.interrupt();
            try {
                boolean _ = writing.join(LAST_WORDS);
            } catch (InterruptedException hurried) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    protected void append(ILoggingEvent event) {
        if (!queue.offer(event)) {
            leftOut.incrementAndGet();
        }
    }

    private void run() {
        List<ILoggingEvent> together = new ArrayList<>(WAITING);
        try {
            while (ending.getCount() > 0) {
                together.add(queue.take());
                boolean _ = ending.await(GATHERED.toMillis(), TimeUnit.MILLISECONDS);
                write(together);
            }
        } catch (InterruptedException asked) {
            addInfo("ends");
        }
        write(together);
    }

    private void write(List<ILoggingEvent> together) {
        queue.drainTo(together);
        ByteArrayOutputStream lines = new ByteArrayOutputStream(together.size() * 128);
        for (ILoggingEvent event : together) {
            lines.writeBytes(encoder.encode(event));
        }
        together.clear();
        long missing = leftOut.getAndSet(0);
        if (missing > 0) {
            lines.writeBytes((missing + " lines of requests are left out: the log is read too slowly\n")
                    .getBytes(StandardCharsets.UTF_8));
        }
        try {
            lines.writeTo(out);
            out.flush();
        } catch (IOException gone) {
            addError("the log can't be written", gone);
        }
    }
}
