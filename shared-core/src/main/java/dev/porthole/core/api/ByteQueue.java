package dev.porthole.core.api;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * An answer's body, read by one blocking thread with a limit on silence, which an input stream of the JDK's client does
 * not have. Asks for one piece at a time, so a slow reader holds the sender back.
 */
public final class ByteQueue implements Flow.Subscriber<List<ByteBuffer>>, AutoCloseable {
    private sealed interface Piece {
        record Bytes(List<ByteBuffer> buffers) implements Piece {}

        record Failure(Throwable cause) implements Piece {}

        record End() implements Piece {}
    }

    private final LinkedBlockingQueue<Piece> pieces = new LinkedBlockingQueue<>();
    private volatile Flow.@Nullable Subscription subscription;
    private volatile boolean closed;

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription = given;
        if (closed) {
            // Before there was anything to cancel: the connection would wait for a reader for ever.
            given.cancel();
        } else {
            given.request(1);
        }
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        pieces.add(new Piece.Bytes(buffers));
    }

    @Override
    public void onError(Throwable failure) {
        pieces.add(new Piece.Failure(failure));
    }

    @Override
    public void onComplete() {
        pieces.add(new Piece.End());
    }

    /**
     * The next bytes; null at the body's end.
     *
     * @throws IOException if the body broke off, or nothing came for {@code silence}
     */
    public @Nullable List<ByteBuffer> next(Duration silence) throws IOException, InterruptedException {
        Piece piece = pieces.poll(silence.toMillis(), TimeUnit.MILLISECONDS);
        if (piece == null) {
            throw new IOException("nothing heard for " + silence.toSeconds() + " s");
        }
        return switch (piece) {
            case Piece.Bytes(List<ByteBuffer> buffers) -> {
                Flow.Subscription asked = subscription;
                if (asked != null) {
                    asked.request(1);
                }
                yield buffers;
            }
            case Piece.Failure(Throwable cause) -> throw new IOException("the answer broke off", cause);
            case Piece.End() -> null;
        };
    }

    @Override
    public void close() {
        closed = true;
        Flow.Subscription asked = subscription;
        if (asked != null) {
            asked.cancel();
        }
    }

    /** All of it, for a short body. */
    byte[] all(Duration silence, int limit) throws IOException, InterruptedException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (List<ByteBuffer> next = next(silence); next != null && bytes.size() < limit; next = next(silence)) {
            for (ByteBuffer buffer : next) {
                byte[] piece = new byte[buffer.remaining()];
                buffer.get(piece);
                bytes.writeBytes(piece);
            }
        }
        return bytes.toByteArray();
    }
}
