package dev.porthole.server.edge;

import java.io.IOException;
import java.net.Socket;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** Carries one direction of a connection through a {@link ChaosProxy}: one thread takes bytes, another gives them. */
final class ChaosPump {
    private static final int PIECE_BYTES = 16 * 1024;

    /** How much is under way at most; a sender beyond that has to wait, as it would on a real link. */
    private static final int PIECES = 64;

    private record Piece(byte[] bytes, long dueNanos) {
        boolean isEnd() {
            return bytes.length == 0;
        }
    }

    private static final Piece END = new Piece(new byte[0], 0);

    private final Socket from;
    private final Socket to;
    private final Supplier<ChaosProxy.Weather> weather;
    private final ChaosProxy.Hole hole;
    private final BlockingQueue<Piece> underWay = new ArrayBlockingQueue<>(PIECES);
    private final RandomGenerator random = RandomGenerator.getDefault();

    ChaosPump(Socket from, Socket to, Supplier<ChaosProxy.Weather> weather, ChaosProxy.Hole hole) {
        this.from = from;
        this.to = to;
        this.weather = weather;
        this.hole = hole;
    }

    void start() {
        Thread.ofVirtual().name("chaos-take").start(this::take);
        Thread.ofVirtual().name("chaos-give").start(this::give);
    }

    private void take() {
        byte[] buffer = new byte[PIECE_BYTES];
        long lastDue = System.nanoTime();
        try {
            for (int read = from.getInputStream().read(buffer);
                    read >= 0;
                    read = from.getInputStream().read(buffer)) {
                ChaosProxy.Weather now = weather.get();
                long jitter =
                        now.jitter().isZero() ? 0 : random.nextLong(now.jitter().toNanos());
                lastDue = Math.max(lastDue, System.nanoTime() + now.latency().toNanos() + jitter);
                underWay.put(new Piece(Arrays.copyOf(buffer, read), lastDue));
            }
            underWay.put(END);
        } catch (IOException broken) {
            passOnReset();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private void give() {
        try {
            for (Piece piece = underWay.take(); !piece.isEnd(); piece = underWay.take()) {
                LockSupport.parkNanos(piece.dueNanos - System.nanoTime());
                giveUnlessForgotten(piece.bytes);
            }
            if (hole.hasForgotten(to)) {
                // The side that was left alone has given up too.
                ChaosProxy.reset(from);
            } else {
                to.shutdownOutput();
            }
        } catch (IOException broken) {
            passOnReset();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    /** What is meant for a side that is gone is lost, and nobody is told. */
    private void giveUnlessForgotten(byte[] bytes) throws IOException, InterruptedException {
        try {
            if (!hole.hasForgotten(to)) {
                give(bytes);
            }
        } catch (IOException broken) {
            if (!hole.hasForgotten(to)) {
                throw broken;
            }
        }
    }

    private void give(byte[] bytes) throws IOException, InterruptedException {
        int at = 0;
        while (at < bytes.length) {
            hole.pass(to);
            ChaosProxy.Weather now = weather.get();
            int count = now.segment() == 0 ? bytes.length - at : Math.min(now.segment(), bytes.length - at);
            to.getOutputStream().write(bytes, at, count);
            at += count;
            if (now.bytesPerSecond() > 0) {
                LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1) * count / now.bytesPerSecond());
            }
        }
    }

    /** What breaks on one side breaks on the other, unless one of them is not to know. */
    private void passOnReset() {
        ChaosProxy.reset(from);
        if (!hole.hasForgotten(to)) {
            ChaosProxy.reset(to);
        }
        underWay.clear();
        underWay.offer(END);
    }
}
