package dev.porthole.core.wire.http2;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http2.Http2Headers;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Writes down what a stream is told. */
final class Recorder implements StreamReceiver {
    final List<Http2Headers> heads = new ArrayList<>();
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    int bytes;
    int unconsumed;
    int writable;
    int closes;
    boolean bytesInOrder = true;
    boolean ended;
    boolean closed;
    boolean complete;
    long errorCode;

    static byte patternAt(int at) {
        return (byte) (at * 31 + (at >>> 8));
    }

    String body() {
        return kept.toString(StandardCharsets.UTF_8);
    }

    int takeUnconsumed() {
        int taken = unconsumed;
        unconsumed = 0;
        return taken;
    }

    @Override
    public void onHeaders(Http2Headers headers, boolean endOfStream) {
        heads.add(headers);
        ended |= endOfStream;
    }

    @Override
    public void onData(ByteBuf data, boolean endOfStream) {
        unconsumed += data.readableBytes();
        while (data.isReadable()) {
            byte octet = data.readByte();
            bytesInOrder &= octet == patternAt(bytes++);
            kept.write(octet);
        }
        ended |= endOfStream;
    }

    @Override
    public void onWritable() {
        writable++;
    }

    @Override
    public void onClosed(boolean completely, long code) {
        closes++;
        closed = true;
        complete = completely;
        errorCode = code;
    }
}
