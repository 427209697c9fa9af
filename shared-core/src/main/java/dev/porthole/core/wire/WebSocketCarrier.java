package dev.porthole.core.wire;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameEncoder;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * Carries a session's bytes in binary WebSocket frames (RFC 6455), for where something between agent and edge lets no
 * upgrade but {@code websocket} through. Ours, not the draft's: the sub-protocol {@link #SUBPROTOCOL} says so.
 *
 * <p>Stands before the session's HTTP/2, which sees bytes as without it: how they are cut into frames and messages
 * means nothing. Writes become a frame each, none longer than a DATA frame of HTTP/2; nothing is held, so the channel's
 * writability means what it always does. Pings are answered, a close is answered and ends the connection, and text is
 * no session (close code 1003). Event loop only.
 */
public final class WebSocketCarrier extends ChannelDuplexHandler {
    /** In {@code Sec-WebSocket-Protocol}: transposed HTTP/2 in binary frames. */
    public static final String SUBPROTOCOL = "porthole.ptth";

    /** {@code Sec-WebSocket-Version} (RFC 6455, section 4.1). */
    public static final String VERSION = "13";

    /** Payload bytes that one frame may have: we send a quarter of it, and who joins frames on the way may. */
    public static final int MAX_FRAME_BYTES = 4 * Ptth.MAX_FRAME_BYTES;

    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final int KEY_BYTES = 16;
    private static final SecureRandom RANDOM = new SecureRandom();

    private boolean closeSent;

    private WebSocketCarrier() {}

    /** Adds the carrier to the end of a pipeline. {@code client}: whose frames are masked (RFC 6455, section 5.3). */
    public static void addTo(ChannelPipeline pipeline, boolean client) {
        pipeline.addLast(
                new WebSocket13FrameDecoder(WebSocketDecoderConfig.newBuilder()
                        .expectMaskedFrames(!client)
                        .allowMaskMismatch(false)
                        .allowExtensions(false)
                        .maxFramePayloadLength(MAX_FRAME_BYTES)
                        .withUTF8Validator(false)
                        .build()),
                new WebSocket13FrameEncoder(client),
                new WebSocketCarrier());
    }

    /** A fresh {@code Sec-WebSocket-Key}. */
    public static String newKey() {
        byte[] bytes = new byte[KEY_BYTES];
        RANDOM.nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** Whether this is a {@code Sec-WebSocket-Key}: 16 bytes in base64. */
    public static boolean isKey(String value) {
        try {
            return Base64.getDecoder().decode(value).length == KEY_BYTES;
        } catch (IllegalArgumentException noBase64) {
            return false;
        }
    }

    /** The {@code Sec-WebSocket-Accept} to a key (RFC 6455, section 4.2.2). */
    public static String accept(String key) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-1").digest((key + GUID).getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-1", impossible);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext reading, Object message) {
        switch (message) {
            case BinaryWebSocketFrame binary -> reading.fireChannelRead(binary.content());
            case ContinuationWebSocketFrame more -> reading.fireChannelRead(more.content());
            case PingWebSocketFrame ping -> pong(reading, ping);
            case PongWebSocketFrame pong -> pong.release();
            case CloseWebSocketFrame close -> end(reading, close);
            default -> {
                ReferenceCountUtil.release(message);
                end(reading, new CloseWebSocketFrame(WebSocketCloseStatus.INVALID_MESSAGE_TYPE));
            }
        }
    }

    @Override
    public void write(ChannelHandlerContext writing, Object message, ChannelPromise promise) {
        writing.write(message instanceof ByteBuf bytes ? new BinaryWebSocketFrame(bytes) : message, promise);
    }

    @Override
    public void close(ChannelHandlerContext closing, ChannelPromise promise) {
        if (!closeSent && closing.channel().isActive()) {
            closeSent = true;
            closing.writeAndFlush(new CloseWebSocketFrame(WebSocketCloseStatus.NORMAL_CLOSURE));
        }
        closing.close(promise);
    }

    /** Not to a peer that does not read: pongs would pile up here. */
    private static void pong(ChannelHandlerContext context, PingWebSocketFrame ping) {
        if (context.channel().isWritable()) {
            context.writeAndFlush(new PongWebSocketFrame(ping.content()));
        } else {
            ping.release();
        }
    }

    private void end(ChannelHandlerContext context, WebSocketFrame farewell) {
        if (closeSent) {
            farewell.release();
            context.close();
        } else {
            closeSent = true;
            context.writeAndFlush(farewell).addListener(ChannelFutureListener.CLOSE);
        }
    }
}
