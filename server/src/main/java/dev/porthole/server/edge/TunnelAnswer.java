package dev.porthole.server.edge;

import dev.porthole.core.wire.PortholeError;
import dev.porthole.core.wire.WireHeaders;
import dev.porthole.server.relay.AgentSession;
import dev.porthole.server.relay.AgentStream;
import dev.porthole.server.relay.StreamListener;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Headers;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a stream of a session brings back for one request, on its way to the visitor: parsed as strictly as a visitor's
 * request. The agent may send more of the body as the visitor's connection takes it; a stream that breaks off breaks
 * the visitor's connection off, if the answer was under way.
 *
 * <p>Event loop only.
 */
final class TunnelAnswer implements StreamListener, AnswerBacklog.Holder {
    /**
     * The request that this answers.
     *
     * @param tunnel the tunnel's id
     * @param upgrade the protocol that the visitor wants to change to, if the agent takes such
     * @param nonce of a probe of the server's own
     */
    record Asked(
            HttpRequest request,
            RequestTarget target,
            String tunnel,
            @Nullable Upgrade upgrade,
            @Nullable String nonce) {}

    private final Visitor visitor;
    private final Asked asked;
    private final AgentSession session;
    private final AnswerBacklog backlog;
    private final RequestTurns.@Nullable Turn turn;
    private @Nullable AgentStream stream;
    private @Nullable UpgradedConnection upgraded;
    private long untaken;
    private boolean requestEnded;
    private boolean over;

    TunnelAnswer(
            Visitor visitor,
            Asked asked,
            AgentSession session,
            AnswerBacklog backlog,
            RequestTurns.@Nullable Turn turn) {
        this.visitor = visitor;
        this.asked = asked;
        this.session = session;
        this.backlog = backlog;
        this.turn = turn;
    }

    /** The stream that this comes on; null if the session took none, which has been told then. */
    void comesOn(@Nullable AgentStream opened) {
        stream = opened;
    }

    boolean isOver() {
        return over;
    }

    /** All of the request is on its way to the app. */
    void requestEnded() {
        requestEnded = true;
    }

    /** Whether the app may still want the request's body. */
    boolean wantsRequest() {
        return !requestEnded && (asked.upgrade() == null || asked.upgrade().streamed());
    }

    void onVisitorGone() {
        end();
        if (stream != null) {
            stream.cancel();
        }
    }

    @Override
    public void onWritable() {
        if (upgraded != null) {
            upgraded.onWritable();
        } else if (!over) {
            visitor.resumeReading();
        }
    }

    @Override
    public void onHeaders(Http2Headers headers, boolean endOfStream) {
        if (over) {
            return;
        }
        begun();
        try {
            if (upgraded != null) {
                upgraded.onTrailers(endOfStream);
            } else if (visitor.hasAnswered()) {
                takeTrailers(headers, endOfStream);
            } else {
                takeHead(headers, endOfStream);
            }
        } catch (AnswerFields.BrokenAnswer broken) {
            breakOff();
        }
    }

    private void takeHead(Http2Headers headers, boolean endOfStream) throws AnswerFields.BrokenAnswer {
        int status = AnswerFields.status(headers);
        HttpResponse head = AnswerFields.head(status, headers);
        if (status < 200) {
            if (endOfStream) {
                throw new AnswerFields.BrokenAnswer("the stream ends with " + status);
            }
            visitor.informational(head);
            return;
        }
        PortholeError error = AnswerFields.agentsError(headers);
        if (error != null) {
            answerWithError(error, status, headers, endOfStream);
        } else if (asked.upgrade() != null && asked.upgrade().streamed()) {
            answerConnect(status, headers, head, endOfStream);
        } else if (asked.upgrade() != null && Upgrade.switches(status, headers) && !endOfStream) {
            switchProtocols(asked.upgrade(), headers, head);
        } else {
            if (asked.nonce() != null && asked.nonce().contentEquals(String.valueOf(headers.get(WireHeaders.PROBE)))) {
                head.headers().set(WireHeaders.PROBE, asked.nonce());
            }
            visitor.head(head, endOfStream);
            if (endOfStream) {
                finish(null);
            }
        }
    }

    private void takeTrailers(Http2Headers headers, boolean endOfStream) throws AnswerFields.BrokenAnswer {
        if (!endOfStream) {
            throw new AnswerFields.BrokenAnswer("fields in the middle of a body");
        }
        finish(AnswerFields.trailers(headers));
    }

    private void answerWithError(PortholeError error, int status, Http2Headers answer, boolean endOfStream) {
        end();
        if (error == PortholeError.ENDPOINT_REFUSED || error == PortholeError.ENDPOINT_TIMEOUT) {
            session.endpointFailed(asked.tunnel(), error);
        }
        if (stream != null && !(endOfStream && requestEnded)) {
            stream.cancel();
        }
        EdgePage page = EdgePage.ofAgent(error, status, asked.target().host(), asked.request());
        CharSequence detail = asked.nonce() == null ? null : answer.get(WireHeaders.DETAIL);
        visitor.page(detail == null ? page : page.with(WireHeaders.DETAIL, WireHeaders.detail(detail.toString())));
    }

    /** A 2xx says to a visitor on a stream what 101 says to others; from there on the body is the connection. */
    private void answerConnect(int status, Http2Headers answer, HttpResponse head, boolean endOfStream)
            throws AnswerFields.BrokenAnswer {
        if (status < 300 && !Upgrade.switches(status, answer)) {
            throw new AnswerFields.BrokenAnswer("the app's own " + status + " to an upgrade");
        }
        head.headers().remove(HttpHeaderNames.SEC_WEBSOCKET_ACCEPT);
        if (status < 300) {
            head.headers().remove(HttpHeaderNames.CONTENT_LENGTH);
        }
        visitor.head(head, endOfStream);
        if (endOfStream) {
            finish(null);
        }
    }

    private void switchProtocols(Upgrade wanted, Http2Headers answer, HttpResponse head) {
        UpgradedConnection connection = UpgradedConnection.switchTo(visitor, wanted, answer, head, stream());
        if (connection == null) {
            end();
            stream().cancel();
            visitor.abort();
        } else {
            upgraded = connection;
        }
    }

    @Override
    public void onData(ByteBuf data, boolean endOfStream) {
        int bytes = data.readableBytes();
        if (upgraded != null) {
            upgraded.onData(data, endOfStream);
        } else if (over) {
            stream().consumed(bytes);
        } else if (!visitor.hasAnswered()) {
            breakOff();
        } else {
            if (bytes > 0) {
                answer(data, bytes);
            }
            if (endOfStream && !over) {
                finish(null);
            }
        }
    }

    private void answer(ByteBuf data, int bytes) {
        untaken += bytes;
        backlog.add(this, bytes);
        visitor.body(data.retain()).addListener(written -> {
            untaken -= bytes;
            backlog.took(this, bytes);
            stream().consumed(bytes);
        });
    }

    @Override
    public long untaken() {
        return untaken;
    }

    @Override
    public void drop() {
        end();
        stream().cancel();
        visitor.drop();
    }

    @Override
    public void onReset(long errorCode) {
        if (upgraded != null) {
            upgraded.onReset(errorCode);
        } else if (!over) {
            end();
            if (visitor.hasAnswered()) {
                visitor.abort();
            } else {
                visitor.page(pageOfReset(errorCode));
            }
        }
    }

    @Override
    public void onClosed() {
        if (upgraded != null) {
            upgraded.onClosed();
        }
    }

    private EdgePage pageOfReset(long errorCode) {
        if (!session.isConnected()) {
            return EdgePage.sessionLost(asked.target().host(), asked.request());
        }
        return errorCode == Http2Error.REFUSED_STREAM.code()
                ? EdgePage.busy(asked.target().host(), asked.request())
                : EdgePage.brokenAnswer(asked.target().host(), asked.request());
    }

    /** The answer is complete. What is left of the request interests nobody any more. */
    private void finish(@Nullable HttpHeaders trailers) {
        end();
        if (!requestEnded) {
            stream().cancel();
        }
        visitor.end(trailers);
    }

    /** The agent's answer is no HTTP: it ends here, and the visitor sees that. */
    private void breakOff() {
        end();
        stream().cancel();
        if (visitor.hasAnswered()) {
            visitor.abort();
        } else {
            visitor.page(EdgePage.brokenAnswer(asked.target().host(), asked.request()));
        }
    }

    private void end() {
        over = true;
        begun();
    }

    /** The app has said something: it has room for more. */
    private void begun() {
        if (turn != null) {
            turn.end();
        }
    }

    private AgentStream stream() {
        return Objects.requireNonNull(stream, "an answer came before the request was sent");
    }
}
