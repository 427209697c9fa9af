package dev.porthole.core.agent;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.Http2Headers;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** One stream, seen from the edge. */
public final class EdgeExchange {
    private final EdgeSession session;
    private final int stream;
    private final List<Http2Headers> interim = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Http2Headers> head = new CompletableFuture<>();
    private final CompletableFuture<byte[]> complete = new CompletableFuture<>();
    final CompletableFuture<Long> reset = new CompletableFuture<>();
    private final CompletableFuture<Http2Headers> trailers = new CompletableFuture<>();
    private final LinkedBlockingQueue<String> pieces = new LinkedBlockingQueue<>();
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private final AtomicLong sent = new AtomicLong();
    private boolean holding;
    private int held;

    EdgeExchange(EdgeSession session, int stream) {
        this.session = session;
        this.stream = stream;
    }

    // ---- what came

    public Http2Headers head() throws Exception {
        return head.get(20, TimeUnit.SECONDS);
    }

    public String status() throws Exception {
        return String.valueOf(head().status());
    }

    public String field(String name) throws Exception {
        return String.valueOf(head().get(name));
    }

    /** The whole body; fails if the stream was reset. */
    public byte[] bytes() throws Exception {
        return complete.get(60, TimeUnit.SECONDS);
    }

    public String text() throws Exception {
        return new String(bytes(), StandardCharsets.UTF_8);
    }

    /** The next DATA frame's payload. */
    public String nextPiece() throws InterruptedException {
        String piece = pieces.poll(20, TimeUnit.SECONDS);
        if (piece == null) {
            throw new AssertionError("no data came");
        }
        return piece;
    }

    public Http2Headers trailers() throws Exception {
        return trailers.get(20, TimeUnit.SECONDS);
    }

    public List<Http2Headers> interim() {
        return interim;
    }

    /** The code of the RST_STREAM that came. */
    public long resetCode() throws Exception {
        return reset.get(20, TimeUnit.SECONDS);
    }

    /** Whether RST_STREAM came, or the stream never was. */
    public boolean isReset() {
        return reset.isDone();
    }

    public boolean isComplete() {
        return complete.isDone() && !complete.isCompletedExceptionally();
    }

    // ---- what goes

    /** Takes data but gives nothing back to the window from now on. */
    public EdgeExchange hold() throws Exception {
        CompletableFuture<Boolean> done = new CompletableFuture<>();
        session.execute(() -> {
            holding = true;
            done.complete(true);
        });
        done.get(20, TimeUnit.SECONDS);
        return this;
    }

    /** Gives all back. */
    public void letGo() {
        session.execute(() -> {
            holding = false;
            session.consume(stream, held);
            held = 0;
        });
    }

    public EdgeExchange send(byte[] data, boolean end) {
        session.execute(() -> session.data(stream, Unpooled.wrappedBuffer(data), end)
                .addListener(written -> {
                    if (written.isSuccess()) {
                        sent.addAndGet(data.length);
                    }
                }));
        return this;
    }

    public EdgeExchange send(String data, boolean end) {
        return send(data.getBytes(StandardCharsets.UTF_8), end);
    }

    public EdgeExchange sendTrailers(Http2Headers fields) {
        session.execute(() -> session.write(stream, fields, true));
        return this;
    }

    /** Bytes that windows let out so far. */
    public long sentBytes() {
        return sent.get();
    }

    /** As a visitor who leaves. */
    public void cancel() {
        session.execute(() -> session.reset(stream, 8));
    }

    // ---- from the session

    void onHead(Http2Headers received, boolean end) {
        String status = received.status() == null ? "" : received.status().toString();
        if (status.startsWith("1")) {
            interim.add(received);
            return;
        }
        if (!head.complete(received)) {
            trailers.complete(received);
        }
        if (end) {
            complete.complete(body.toByteArray());
        }
    }

    int onData(ByteBuf data, boolean end) {
        int bytes = data.readableBytes();
        byte[] copy = new byte[bytes];
        data.readBytes(copy);
        body.writeBytes(copy);
        if (bytes > 0) {
            pieces.add(new String(copy, StandardCharsets.UTF_8));
        }
        if (end) {
            complete.complete(body.toByteArray());
        }
        if (holding) {
            held += bytes;
            return 0;
        }
        return bytes;
    }

    void onReset(long code) {
        reset.complete(code);
    }

    void onClosed() {
        IllegalStateException over = new IllegalStateException("the stream was reset: " + reset.getNow(-1L));
        complete.completeExceptionally(over);
        head.completeExceptionally(over);
        trailers.completeExceptionally(over);
    }
}
