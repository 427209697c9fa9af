package dev.porthole.server.edge;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import org.jspecify.annotations.Nullable;

/**
 * Writes one answer to a visitor and frames its body by itself, whatever the app said (RFC 9112, section 6.3): by the
 * length if one is known, in chunks otherwise, until the connection closes for HTTP/1.0. Event loop only; takes over
 * the buffers that it is given, and flushes nothing.
 */
final class Answer {
    private enum Framing {
        NO_BODY,
        LENGTH,
        CHUNKED,
        UNTIL_CLOSE
    }

    private final Channel channel;
    private final boolean head;
    private final boolean http11;
    private boolean persistent;
    private Framing framing = Framing.NO_BODY;
    private long remaining;
    private int status;

    Answer(Channel channel, HttpRequest request) {
        this.channel = channel;
        this.head = request.method().equals(HttpMethod.HEAD);
        this.http11 = request.protocolVersion().equals(HttpVersion.HTTP_1_1);
        this.persistent = HttpUtil.isKeepAlive(request);
    }

    /** The status code that was sent; 0 before that. */
    int status() {
        return status;
    }

    /** Whether the connection may carry another request after this answer. */
    boolean isPersistent() {
        return persistent;
    }

    /** Makes the connection's end known with the answer's head, or silent if that is out already. */
    void closeAfterwards() {
        persistent = false;
    }

    /** Whether the visitor knows informational answers. */
    boolean takesInformational() {
        return http11;
    }

    /**
     * Writes status and fields.
     *
     * @param noBody nothing will follow
     */
    void head(HttpResponse response, boolean noBody) {
        status = response.status().code();
        HttpHeaders fields = response.headers();
        fields.remove(HttpHeaderNames.TRANSFER_ENCODING);
        String length = fields.get(HttpHeaderNames.CONTENT_LENGTH);
        if (head || status == 204 || status == 304) {
            framing = Framing.NO_BODY;
            if (status == 204) {
                fields.remove(HttpHeaderNames.CONTENT_LENGTH);
            }
        } else if (length != null) {
            framing = Framing.LENGTH;
            remaining = Long.parseLong(length);
        } else if (noBody) {
            framing = Framing.LENGTH;
            fields.set(HttpHeaderNames.CONTENT_LENGTH, HttpHeaderValues.ZERO);
        } else if (http11) {
            framing = Framing.CHUNKED;
            fields.set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
        } else {
            framing = Framing.UNTIL_CLOSE;
            persistent = false;
        }
        if (!persistent) {
            fields.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        } else if (!http11) {
            fields.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.KEEP_ALIVE);
        }
        channel.write(response, channel.voidPromise());
    }

    /** Writes a 101: the answer after which HTTP is over. */
    void switching(HttpResponse response) {
        status = response.status().code();
        channel.write(response);
        channel.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT);
    }

    /**
     * Writes a piece of the body; null if it is more than the answer's own length allows: the answer is broken then.
     */
    @Nullable
    ChannelFuture body(ByteBuf data) {
        int bytes = data.readableBytes();
        if (framing == Framing.NO_BODY) {
            data.release();
            return channel.newSucceededFuture();
        }
        if (framing == Framing.LENGTH) {
            if (bytes > remaining) {
                data.release();
                return null;
            }
            remaining -= bytes;
        }
        return channel.write(new DefaultHttpContent(data));
    }

    /**
     * Ends the answer properly. False if there was less than it promised: it is broken then, and nothing is written.
     */
    boolean end(@Nullable HttpHeaders trailers) {
        if (framing == Framing.LENGTH && remaining > 0) {
            return false;
        }
        if (framing == Framing.CHUNKED && trailers != null && !trailers.isEmpty()) {
            LastHttpContent last = new DefaultLastHttpContent();
            last.trailingHeaders().set(trailers);
            channel.write(last, channel.voidPromise());
        } else {
            channel.write(LastHttpContent.EMPTY_LAST_CONTENT, channel.voidPromise());
        }
        return true;
    }

    /**
     * Whether only the connection's end tells the visitor that the body is complete, so that a reset must tell it
     * isn't.
     */
    boolean endsWithConnection() {
        return framing == Framing.UNTIL_CLOSE;
    }
}
