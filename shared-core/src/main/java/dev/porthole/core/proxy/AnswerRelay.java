package dev.porthole.core.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;

/**
 * An app's answer on its way to the edge.
 *
 * <p>Back-pressure: while the edge takes no more, {@link #wantsMore} is false and whoever reads the app stops. One
 * instance an exchange, on the event loop only.
 */
final class AnswerRelay {
    private final EdgeStream stream;
    private final HostRewriting rewriting;
    private final boolean answersHead;
    private final BlockedHostLook look;
    private boolean complete;

    AnswerRelay(EdgeStream stream, HostRewriting rewriting, boolean answersHead, BlockedHostLook look) {
        this.stream = stream;
        this.rewriting = rewriting;
        this.answersHead = answersHead;
        this.look = look;
    }

    /** Passes 100 (Continue), 103 (Early Hints) and their like on. */
    void interim(HttpResponse head) {
        stream.interim(EndpointFields.answer(head, rewriting));
    }

    /** Passes the head on; without a body it ends the stream at once, in one frame. */
    void head(HttpResponse head) {
        complete = hasNoBody(head);
        look.head(head);
        stream.head(EndpointFields.answer(head, rewriting), complete);
    }

    /** Passes a piece on and takes over its reference. Says whether the answer is complete now. */
    boolean content(HttpContent content) {
        ByteBuf data = content.content();
        look.content(data, content instanceof LastHttpContent);
        if (!(content instanceof LastHttpContent last)) {
            stream.data(data, false);
            return false;
        }
        if (complete) {
            last.release();
        } else if (last.trailingHeaders().isEmpty()) {
            stream.data(data, true);
        } else {
            stream.data(data, false);
            stream.trailers(EndpointFields.answerTrailers(last.trailingHeaders()));
        }
        complete = true;
        return true;
    }

    /** Whether the edge can take more. */
    boolean wantsMore() {
        return stream.isWritable();
    }

    private boolean hasNoBody(HttpResponse head) {
        int status = head.status().code();
        return answersHead || status == 204 || status == 304 || HttpUtil.getContentLength(head, -1L) == 0;
    }
}
