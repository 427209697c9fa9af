package dev.porthole.server.edge;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP/2 client that sends exactly the frames that a test wants, and reads frame by frame. Its header blocks are
 * literals without Huffman codes or tables, so that any name and any value can be said.
 */
final class RawHttp2 implements Closeable {
    static final int DATA = 0;
    static final int HEADERS = 1;
    static final int PRIORITY = 2;
    static final int RST_STREAM = 3;
    static final int SETTINGS = 4;
    static final int PUSH_PROMISE = 5;
    static final int PING = 6;
    static final int GOAWAY = 7;
    static final int WINDOW_UPDATE = 8;
    static final int CONTINUATION = 9;
    static final int END_STREAM = 1;
    static final int ACK = 1;
    static final int END_HEADERS = 4;

    static final long PROTOCOL_ERROR = 1;
    static final long FLOW_CONTROL_ERROR = 3;
    static final long STREAM_CLOSED = 5;
    static final long FRAME_SIZE_ERROR = 6;
    static final long REFUSED_STREAM = 7;
    static final long CANCEL = 8;
    static final long COMPRESSION_ERROR = 9;
    static final long ENHANCE_YOUR_CALM = 11;

    static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    record Frame(int type, int flags, int stream, byte[] payload) {
        boolean has(int flag) {
            return (flags & flag) != 0;
        }

        long code() {
            int at = type == GOAWAY ? 4 : 0;
            return ByteBuffer.wrap(payload).getInt(at) & 0xffffffffL;
        }
    }

    /**
     * An answer. {@code reset}: the code of RST_STREAM; -1 if there was none. {@code complete}: END_STREAM has come.
     */
    record Reply(
            List<Integer> informational,
            @Nullable Http2Headers head,
            byte[] body,
            @Nullable Http2Headers trailers,
            boolean complete,
            long reset) {
        int status() {
            return head == null ? 0 : Integer.parseInt(String.valueOf(head.status()));
        }

        @Nullable
        String field(String name) {
            CharSequence value = head == null ? null : head.get(name);
            return value == null ? null : value.toString();
        }

        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }
    }

    final Socket socket;
    private final DataInputStream in;
    private final DefaultHttp2HeadersDecoder hpack = new DefaultHttp2HeadersDecoder(false);
    /** Whether windows are refilled as data comes. */
    boolean refills = true;
    /** The code of the GOAWAY that came; -1 before. */
    long goAway = -1;

    /** Connects, with preface and empty SETTINGS. */
    RawHttp2(InetSocketAddress edge) throws IOException {
        this(connected(edge));
        begin();
    }

    RawHttp2(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new DataInputStream(new java.io.BufferedInputStream(socket.getInputStream()));
    }

    static Socket connected(InetSocketAddress edge) throws IOException {
        Socket socket = new Socket();
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(20_000);
        socket.connect(edge);
        return socket;
    }

    RawHttp2 begin() throws IOException {
        return send(PREFACE).frame(SETTINGS, 0, 0);
    }

    RawHttp2 send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        return this;
    }

    RawHttp2 frame(int type, int flags, int stream, byte... payload) throws IOException {
        return send(bytes(type, flags, stream, payload));
    }

    static byte[] bytes(int type, int flags, int stream, byte... payload) {
        return ByteBuffer.allocate(9 + payload.length)
                .putShort((short) (payload.length >> 8))
                .put((byte) payload.length)
                .put((byte) type)
                .put((byte) flags)
                .putInt(stream)
                .put(payload)
                .array();
    }

    static byte[] int32(long value) {
        return ByteBuffer.allocate(4).putInt((int) value).array();
    }

    /** A header block of names and values by turns. */
    static byte[] block(String... pairs) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int at = 0; at < pairs.length; at++) {
            byte[] octets = pairs[at].getBytes(StandardCharsets.ISO_8859_1);
            if (at % 2 == 0) {
                // A literal without indexing, with a new name (RFC 7541, section 6.2.2).
                out.write(0);
            }
            length(octets.length, out);
            out.writeBytes(octets);
        }
        return out.toByteArray();
    }

    private static void length(int value, ByteArrayOutputStream out) {
        int left = value;
        if (left < 127) {
            out.write(left);
            return;
        }
        out.write(127);
        left -= 127;
        while (left >= 128) {
            out.write(left % 128 + 128);
            left /= 128;
        }
        out.write(left);
    }

    RawHttp2 headers(int stream, boolean end, String... pairs) throws IOException {
        return frame(HEADERS, END_HEADERS | (end ? END_STREAM : 0), stream, block(pairs));
    }

    RawHttp2 get(int stream, String authority, String path) throws IOException {
        return headers(stream, true, request("GET", authority, path));
    }

    /** The pseudo-fields of a request, and more fields behind them. */
    static String[] request(String method, String authority, String path, String... more) {
        List<String> all =
                new ArrayList<>(List.of(":method", method, ":scheme", "http", ":authority", authority, ":path", path));
        all.addAll(List.of(more));
        return all.toArray(new String[0]);
    }

    /** The next frame; null at the connection's end. SETTINGS are acknowledged, windows refilled. */
    @Nullable
    Frame next() throws IOException {
        try {
            int length = (in.readUnsignedShort() << 8) | in.readUnsignedByte();
            int type = in.readUnsignedByte();
            int flags = in.readUnsignedByte();
            int stream = in.readInt() & Integer.MAX_VALUE;
            Frame frame = new Frame(type, flags, stream, in.readNBytes(length));
            if (type == SETTINGS && !frame.has(ACK)) {
                quietly(bytes(SETTINGS, ACK, 0));
            } else if (type == DATA && length > 0 && refills) {
                quietly(bytes(WINDOW_UPDATE, 0, 0, int32(length)));
                quietly(bytes(WINDOW_UPDATE, 0, stream, int32(length)));
            } else if (type == GOAWAY) {
                goAway = frame.code();
            }
            return frame;
        } catch (EOFException | SocketException ended) {
            return null;
        }
    }

    private void quietly(byte[] bytes) {
        try {
            send(bytes);
        } catch (IOException ended) {
            // Reading says so too.
            return;
        }
    }

    /** The next frame of a kind, whatever comes before; null at the connection's end. */
    @Nullable
    Frame next(int type) throws IOException {
        for (Frame frame = next(); frame != null; frame = next()) {
            if (frame.type() == type) {
                return frame;
            }
        }
        return null;
    }

    /** Reads the answer on a stream to its end, or to the connection's. Other streams' frames are skipped. */
    Reply reply(int stream) throws IOException, Http2Exception {
        List<Integer> informational = new ArrayList<>();
        Http2Headers head = null;
        Http2Headers trailers = null;
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (Frame frame = next(); frame != null; frame = next()) {
            Http2Headers fields = frame.type() == HEADERS ? decode(frame) : null;
            if (frame.stream() != stream) {
                continue;
            }
            if (frame.type() == RST_STREAM) {
                return new Reply(informational, head, body.toByteArray(), trailers, false, frame.code());
            }
            if (fields != null && head == null) {
                int status = Integer.parseInt(String.valueOf(fields.status()));
                if (status < 200) {
                    informational.add(status);
                } else {
                    head = fields;
                }
            } else if (fields != null) {
                trailers = fields;
            } else if (frame.type() == DATA) {
                body.writeBytes(frame.payload());
            }
            if ((frame.type() == DATA || frame.type() == HEADERS) && frame.has(END_STREAM)) {
                return new Reply(informational, head, body.toByteArray(), trailers, true, -1);
            }
        }
        return new Reply(informational, head, body.toByteArray(), trailers, false, -1);
    }

    Http2Headers decode(Frame frame) throws Http2Exception {
        return hpack.decodeHeaders(frame.stream(), Unpooled.wrappedBuffer(frame.payload()));
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
