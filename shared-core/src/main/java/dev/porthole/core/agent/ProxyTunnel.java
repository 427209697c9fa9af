package dev.porthole.core.agent;

import dev.porthole.core.api.HttpProxy;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Asks a proxy for a connection to the server (CONNECT, RFC 9110 section 9.3.6) and then leaves the connection, which
 * is the server's from there on. The last handler of its channel while it lasts; the event loop only.
 */
final class ProxyTunnel extends ByteToMessageDecoder {
    private static final int LONGEST_ANSWER_BYTES = 16 * 1024;

    private final HttpProxy proxy;
    private final Duration limit;
    private final Promise<Channel> opened;
    private final ByteBuf request;
    private @Nullable Future<?> tooLong;

    /** {@code opened} completes with the channel, without this handler in it, or with a {@link DialException}. */
    ProxyTunnel(HttpProxy proxy, String server, Duration limit, Promise<Channel> opened) {
        this.proxy = proxy;
        this.limit = limit;
        this.opened = opened;
        String authorization = proxy.authorization();
        this.request = Unpooled.copiedBuffer(
                "CONNECT " + server + " HTTP/1.1\r\nHost: " + server + "\r\n"
                        + (authorization == null ? "" : "Proxy-Authorization: " + authorization + "\r\n") + "\r\n",
                StandardCharsets.ISO_8859_1);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        tooLong = added.executor()
                .schedule(
                        () -> fail(added, DialException.Kind.UNREACHABLE, "gave no answer"),
                        limit.toNanos(),
                        TimeUnit.NANOSECONDS);
        added.writeAndFlush(request);
    }

    @Override
    protected void decode(ChannelHandlerContext reading, ByteBuf in, List<Object> out) {
        int end = ByteBufUtil.indexOf(Unpooled.wrappedBuffer(new byte[] {'\r', '\n', '\r', '\n'}), in);
        if (end < 0) {
            if (in.readableBytes() > LONGEST_ANSWER_BYTES) {
                fail(reading, DialException.Kind.ANSWERED_NO, "gave an answer that is no HTTP");
            }
            return;
        }
        String head = in.readCharSequence(end - in.readerIndex(), StandardCharsets.ISO_8859_1)
                .toString();
        in.skipBytes(4);
        answered(reading, head.lines().findFirst().orElse(""));
    }

    private void answered(ChannelHandlerContext reading, String line) {
        boolean http = line.matches("HTTP/1\\.[01] [0-9]{3}( .*)?");
        String status = http ? line.substring(9, 12) : "";
        if (status.startsWith("2")) {
            release();
            // What came behind the head, if anything, goes on to the handlers that come now.
            reading.pipeline().remove(this);
            opened.trySuccess(reading.channel());
        } else if (status.equals("407")) {
            fail(
                    reading,
                    DialException.Kind.ANSWERED_NO,
                    (proxy.user() == null ? "wants a name and a password" : "takes neither this name nor password")
                            + " (407); put them into HTTPS_PROXY, as in http://name:password@" + proxy);
        } else {
            fail(
                    reading,
                    DialException.Kind.ANSWERED_NO,
                    http ? "opens no connection to the server (" + status + ")" : "gave an answer that is no HTTP");
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext inactive) {
        fail(inactive, DialException.Kind.UNREACHABLE, "closed the connection");
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext failed, Throwable cause) {
        fail(failed, DialException.Kind.UNREACHABLE, "broke the connection: " + cause.getMessage());
    }

    private void fail(ChannelHandlerContext context, DialException.Kind kind, String what) {
        release();
        opened.tryFailure(new DialException(kind, "The proxy " + proxy + " " + what + "."));
        context.close();
    }

    private void release() {
        if (tooLong != null) {
            tooLong.cancel(false);
        }
    }
}
