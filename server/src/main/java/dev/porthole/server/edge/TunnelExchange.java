package dev.porthole.server.edge;

import dev.porthole.core.wire.PortholeError;
import dev.porthole.core.wire.WireHeaders;
import dev.porthole.server.relay.AgentSession;
import dev.porthole.server.relay.AgentStream;
import dev.porthole.server.relay.Sessions;
import dev.porthole.server.relay.StreamListener;
import dev.porthole.server.relay.TunnelRoute;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Headers;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * A visitor's request to a tunnel: one stream of a session, sent once and never again, whatever happens.
 *
 * <p>Event loop only. Up: the visitor is read while the stream takes more. Down: the agent may send more of the body as
 * the visitor's connection takes it. The visitor's end cancels the stream; a stream that breaks off breaks the
 * visitor's connection off, if an answer was under way.
 */
final class TunnelExchange implements Exchange, StreamListener, AnswerBacklog.Holder {
    /** What all exchanges of an edge share. */
    record Surroundings(
            Sessions sessions,
            RequestFields fields,
            EdgeSettings.Times times,
            AnswerBacklog backlog,
            RequestTurns turns) {}

    private final Visitor visitor;
    private final HttpRequest request;
    private final RequestTarget target;
    private final TunnelRoute route;
    private final Surroundings surroundings;
    private final Queue<HttpContent> early = new ArrayDeque<>();
    private @Nullable AgentWait wait;
    private @Nullable Runnable leaveLine;
    private @Nullable AgentSession session;
    private @Nullable AgentStream stream;
    private @Nullable Upgrade upgrade;
    private @Nullable UpgradedConnection upgraded;
    private @Nullable String nonce;
    private long untaken;
    private boolean requestEnded;
    private boolean over;

    TunnelExchange(
            Visitor visitor, HttpRequest request, RequestTarget target, TunnelRoute route, Surroundings surroundings) {
        this.visitor = visitor;
        this.request = request;
        this.target = target;
        this.route = route;
        this.surroundings = surroundings;
    }

    /** The id of the tunnel that the request is for. */
    String tunnel() {
        return route.tunnel();
    }

    /** Sends the request to a session. Null if the exchange is over already. */
    @Nullable
    Exchange start(AgentSession carrier) {
        session = carrier;
        Upgrade asked = Upgrade.of(request);
        upgrade = carrier.takesUpgrades() ? asked : null;
        if (asked != null && asked.streamed() && upgrade == null) {
            over = true;
            visitor.page(EdgePage.refusal(new UnacceptableRequest(501, "The computer takes no WebSockets."), request));
            return null;
        }
        requestEnded = upgrade == null && RequestFraming.hasNoBody(request);
        Http2Headers fields = surroundings.fields().map(visitor, request, target, route.tunnel(), upgrade);
        if (nonce != null) {
            fields.add(WireHeaders.PROBE, nonce);
        }
        stream = carrier.open(route.tunnel(), fields, requestEnded, this);
        while (!early.isEmpty()) {
            onBody(early.remove());
        }
        return over ? null : this;
    }

    /** Sends the request to the one session that was asked to answer this probe. */
    @Nullable
    Exchange probe(AgentSession probed, String probeNonce) {
        nonce = probeNonce;
        return start(probed);
    }

    /** Waits a while for a session: the agent may be about to return. */
    Exchange await() {
        wait = new AgentWait(
                surroundings.sessions(),
                route.tunnel(),
                visitor.channel().eventLoop(),
                surroundings.times().returningAgent(),
                this::returned,
                this::stayedAway);
        return this;
    }

    /** Waits until it is the tunnel's turn. */
    Exchange awaitTurn() {
        leaveLine = surroundings.turns().await(route.tunnel(), this::turnCame);
        return this;
    }

    private void turnCame() {
        AgentSession carrier = surroundings.sessions().leastLoaded(route.tunnel());
        if (carrier != null) {
            returned(carrier);
        } else if (surroundings.sessions().isBusy(route.tunnel())) {
            over = true;
            dropEarly();
            visitor.page(EdgePage.busy(target.host(), request));
        } else {
            stayedAway();
        }
    }

    private void returned(AgentSession carrier) {
        start(carrier);
        visitor.resumeReading();
    }

    private void stayedAway() {
        over = true;
        dropEarly();
        visitor.page(EdgePage.offline(target.host(), request));
    }

    // The visitor's side.

    @Override
    public boolean wantsBody() {
        return stream != null && (over || stream.isWritable());
    }

    @Override
    public void onBody(HttpContent content) {
        if (stream == null && !over) {
            early.add(content);
        } else if (stream == null || requestEnded || (upgrade != null && !upgrade.streamed())) {
            content.release();
        } else if (content instanceof LastHttpContent last) {
            requestEnded = true;
            Http2Headers trailers = RequestFields.trailers(last.trailingHeaders());
            stream.write(last.content(), trailers == null);
            if (trailers != null) {
                stream.end(trailers);
            }
            stream.flush();
        } else {
            stream.write(content.content(), false);
            stream.flush();
        }
    }

    @Override
    public void onVisitorGone() {
        over = true;
        if (wait != null) {
            wait.cancel();
        }
        if (leaveLine != null) {
            leaveLine.run();
        }
        dropEarly();
        if (stream != null) {
            stream.cancel();
        }
    }

    private void dropEarly() {
        early.forEach(HttpContent::release);
        early.clear();
    }

    // The agent's side.

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
        } else if (upgrade != null && upgrade.streamed()) {
            answerConnect(status, headers, head, endOfStream);
        } else if (upgrade != null && Upgrade.switches(status, headers) && !endOfStream) {
            switchProtocols(upgrade, headers, head);
        } else {
            if (nonce != null && nonce.contentEquals(String.valueOf(headers.get(WireHeaders.PROBE)))) {
                head.headers().set(WireHeaders.PROBE, nonce);
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
        over = true;
        if (session != null && (error == PortholeError.ENDPOINT_REFUSED || error == PortholeError.ENDPOINT_TIMEOUT)) {
            session.endpointFailed(route.tunnel(), error);
        }
        if (stream != null && !(endOfStream && requestEnded)) {
            stream.cancel();
        }
        EdgePage page = EdgePage.ofAgent(error, status, target.host(), request);
        CharSequence detail = nonce == null ? null : answer.get(WireHeaders.DETAIL);
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

    private void switchProtocols(Upgrade asked, Http2Headers answer, HttpResponse head) {
        UpgradedConnection connection = UpgradedConnection.switchTo(visitor, asked, answer, head, stream());
        if (connection == null) {
            over = true;
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
        AnswerBacklog backlog = surroundings.backlog();
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
        over = true;
        stream().cancel();
        visitor.drop();
    }

    @Override
    public void onReset(long errorCode) {
        if (upgraded != null) {
            upgraded.onReset(errorCode);
        } else if (!over) {
            over = true;
            dropEarly();
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
        if (session != null && !session.isConnected()) {
            return EdgePage.sessionLost(target.host(), request);
        }
        return errorCode == Http2Error.REFUSED_STREAM.code()
                ? EdgePage.busy(target.host(), request)
                : EdgePage.brokenAnswer(target.host(), request);
    }

    /** The answer is complete. What is left of the request interests nobody any more. */
    private void finish(@Nullable HttpHeaders trailers) {
        over = true;
        if (!requestEnded) {
            stream().cancel();
        }
        visitor.end(trailers);
    }

    /** The agent's answer is no HTTP: it ends here, and the visitor sees that. */
    private void breakOff() {
        over = true;
        stream().cancel();
        if (visitor.hasAnswered()) {
            visitor.abort();
        } else {
            visitor.page(EdgePage.brokenAnswer(target.host(), request));
        }
    }

    private AgentStream stream() {
        if (stream == null) {
            throw new IllegalStateException("an answer came before the request was sent");
        }
        return stream;
    }
}
