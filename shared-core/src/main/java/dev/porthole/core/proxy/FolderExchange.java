package dev.porthole.core.proxy;

import dev.porthole.core.api.Endpoint;
import dev.porthole.core.folder.FolderAnswer;
import dev.porthole.core.folder.FolderRequest;
import dev.porthole.core.folder.FolderSite;
import dev.porthole.core.wire.PortholeError;
import dev.porthole.core.wire.WireHeaders;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Headers;
import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One visitor's request to a shared folder: the agent itself answers, without any port of this computer.
 *
 * <p>Threads: the event loop; what touches the file system runs on a virtual thread, one step at a time, and comes back
 * to the loop. Buffers: one piece of the file is read ahead of what the edge took. Back-pressure: no piece is read
 * while the edge takes no more. Closing: a visitor who leaves ends the reading; a file that became shorter than was
 * said resets the stream.
 */
final class FolderExchange implements StreamHandler {
    private static final int PIECE_BYTES = 128 * 1024;

    private final EdgeStream stream;
    private final EventLoop loop;
    private final boolean answersUpgrade;
    private @Nullable FolderAnswer answer;
    private @Nullable FileChannel file;
    private long position;
    private long left;
    private boolean reading;
    private boolean requestEnded;
    private boolean over;

    /** @param answersUpgrade whether the visitor asked for an upgrade, which a folder takes for a plain request */
    FolderExchange(EdgeStream stream, EventLoop loop, boolean answersUpgrade) {
        this.stream = stream;
        this.loop = loop;
        this.answersUpgrade = answersUpgrade;
    }

    /** The site of an endpoint that is a folder. */
    static FolderSite site(Endpoint endpoint) throws IOException {
        try {
            return new FolderSite(Path.of(endpoint.uri()));
        } catch (IllegalArgumentException | FileSystemNotFoundException otherSystems) {
            throw new IOException(endpoint + " is no folder of this computer", otherSystems);
        }
    }

    /** Sets out. {@code end}: the request has no body. */
    void start(Endpoint endpoint, String method, Http2Headers head, boolean end) {
        requestEnded = end;
        FolderRequest request = request(method, head);
        Thread.ofVirtual().name("folder").start(() -> {
            try {
                FolderAnswer found = site(endpoint).answer(request);
                back(() -> answered(found), found::close);
            } catch (IOException gone) {
                back(this::gone, () -> {});
            }
        });
    }

    private static FolderRequest request(String method, Http2Headers head) {
        Map<String, String> fields = new HashMap<>();
        for (String name : FolderRequest.FIELDS) {
            List<CharSequence> values = head.getAll(name);
            if (!values.isEmpty()) {
                fields.put(name, values.stream().map(CharSequence::toString).collect(Collectors.joining(", ")));
            }
        }
        CharSequence path = head.path();
        return new FolderRequest(method, path == null ? "/" : path.toString(), fields);
    }

    // ---- from the edge

    @Override
    public int onData(ByteBuf data, boolean end) {
        // A body says nothing to a folder.
        requestEnded |= end;
        return data.readableBytes();
    }

    @Override
    public void onTrailers(Http2Headers trailers) {
        requestEnded = true;
    }

    @Override
    public void onWritabilityChanged() {
        readOn();
    }

    @Override
    public void onClosed() {
        finish();
    }

    // ---- from the file system, on the event loop again

    private void gone() {
        if (!over) {
            over = true;
            stream.fail(PortholeError.ENDPOINT_REFUSED);
        }
    }

    private void answered(FolderAnswer found) {
        if (over) {
            closing(found);
            return;
        }
        answer = found;
        Http2Headers head = new DefaultHttp2Headers().status(Integer.toString(found.status()));
        found.fields().forEach(head::set);
        if (answersUpgrade && found.status() < 300) {
            // In extended CONNECT a 2xx would mean that it worked.
            head.set(WireHeaders.UPGRADE, WireHeaders.UPGRADE_REFUSED);
        }
        switch (found.body()) {
            case FolderAnswer.Body.None _ -> {
                stream.head(head, true);
                complete();
            }
            case FolderAnswer.Body.Page page -> {
                stream.head(head, false);
                stream.data(Unpooled.wrappedBuffer(page.bytes()), true);
                complete();
            }
            case FolderAnswer.Body.Part(FileChannel open, long offset, long length) -> {
                stream.head(head, false);
                stream.flush();
                file = open;
                position = offset;
                left = length;
                readOn();
            }
        }
    }

    private void readOn() {
        FileChannel from = file;
        if (from == null || reading || over || !stream.isWritable()) {
            return;
        }
        reading = true;
        int bytes = (int) Math.min(PIECE_BYTES, left);
        long at = position;
        ByteBuf piece = ByteBufAllocator.DEFAULT.directBuffer(bytes, bytes);
        Thread.ofVirtual().name("folder").start(() -> {
            try {
                fill(piece, from, at, bytes);
                back(() -> taken(piece), piece::release);
            } catch (IOException broken) {
                piece.release();
                back(this::broken, () -> {});
            }
        });
    }

    private static void fill(ByteBuf piece, FileChannel from, long at, int bytes) throws IOException {
        while (piece.readableBytes() < bytes) {
            int read = piece.writeBytes(from, at + piece.readableBytes(), bytes - piece.readableBytes());
            if (read < 0) {
                throw new EOFException("the file became shorter while it was sent");
            }
        }
    }

    private void taken(ByteBuf piece) {
        reading = false;
        if (over) {
            piece.release();
            finish();
            return;
        }
        position += piece.readableBytes();
        left -= piece.readableBytes();
        stream.data(piece, left == 0);
        if (left == 0) {
            complete();
        } else {
            stream.flush();
            readOn();
        }
    }

    private void broken() {
        reading = false;
        if (!over) {
            stream.reset(Http2Error.INTERNAL_ERROR);
        }
        finish();
    }

    private void complete() {
        finish();
        if (!requestEnded) {
            stream.stopReceiving();
        }
        stream.flush();
    }

    private void finish() {
        over = true;
        FolderAnswer ending = answer;
        if (ending != null && !reading) {
            answer = null;
            file = null;
            closing(ending);
        }
    }

    private static void closing(FolderAnswer ending) {
        if (ending.body() instanceof FolderAnswer.Body.Part) {
            Thread.ofVirtual().name("folder").start(ending::close);
        }
    }

    /** Goes on on the event loop, or cleans up if that has ended. */
    private void back(Runnable onLoop, Runnable otherwise) {
        try {
            loop.execute(onLoop);
        } catch (RejectedExecutionException ended) {
            otherwise.run();
        }
    }
}
