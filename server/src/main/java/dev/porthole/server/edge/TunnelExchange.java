package dev.porthole.server.edge;

import dev.porthole.core.wire.WireHeaders;
import dev.porthole.server.relay.AgentSession;
import dev.porthole.server.relay.AgentStream;
import dev.porthole.server.relay.Sessions;
import dev.porthole.server.relay.TunnelRoute;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http2.Http2Headers;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * A visitor's request to a tunnel: one stream of a session, sent once and never again, whatever happens. What comes
 * back is {@link TunnelAnswer}'s.
 *
 * <p>Event loop only. The visitor is read while the stream takes more; the visitor's end cancels the stream.
 */
final class TunnelExchange implements Exchange {
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
    private @Nullable AgentStream stream;
    private @Nullable TunnelAnswer answer;
    private @Nullable Upgrade upgrade;
    private @Nullable String nonce;
    private RequestTurns.@Nullable Turn turn;
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

    /**
     * Sends the request to a session. Null if the exchange is over already.
     *
     * @param begun what is told when the answer begins
     */
    @Nullable
    Exchange start(AgentSession carrier, RequestTurns.Turn begun) {
        turn = begun;
        return send(carrier);
    }

    /** Sends the request to the one session that was asked to answer this probe. */
    @Nullable
    Exchange probe(AgentSession probed, String probeNonce) {
        nonce = probeNonce;
        return send(probed);
    }

    private @Nullable Exchange send(AgentSession carrier) {
        Upgrade asked = Upgrade.of(request);
        upgrade = carrier.takesUpgrades() ? asked : null;
        if (asked != null && asked.streamed() && upgrade == null) {
            end();
            visitor.page(EdgePage.refusal(new UnacceptableRequest(501, "The computer takes no WebSockets."), request));
            return null;
        }
        boolean ended = upgrade == null && RequestFraming.hasNoBody(request);
        Http2Headers fields = surroundings.fields().map(visitor, request, target, route.tunnel(), upgrade);
        if (nonce != null) {
            fields.add(WireHeaders.PROBE, nonce);
        }
        TunnelAnswer coming = new TunnelAnswer(
                visitor,
                new TunnelAnswer.Asked(request, target, route.tunnel(), upgrade, nonce),
                carrier,
                surroundings.backlog(),
                turn);
        if (ended) {
            coming.requestEnded();
        }
        answer = coming;
        AgentStream opened = carrier.open(route.tunnel(), fields, ended, coming);
        coming.comesOn(opened);
        stream = opened;
        while (!early.isEmpty()) {
            onBody(early.remove());
        }
        return coming.isOver() ? null : this;
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

    private void turnCame(RequestTurns.Turn begun) {
        turn = begun;
        AgentSession carrier = surroundings.sessions().leastLoaded(route.tunnel());
        if (carrier != null) {
            returned(carrier);
        } else if (surroundings.sessions().isBusy(route.tunnel())) {
            end();
            visitor.page(EdgePage.busy(target.host(), request));
        } else {
            stayedAway();
        }
    }

    private void returned(AgentSession carrier) {
        send(carrier);
        visitor.resumeReading();
    }

    private void stayedAway() {
        end();
        visitor.page(EdgePage.offline(target.host(), request));
    }

    @Override
    public boolean wantsBody() {
        return stream != null && (isOver() || stream.isWritable());
    }

    @Override
    public void onBody(HttpContent content) {
        if (stream == null && !over) {
            early.add(content);
        } else if (stream == null || answer == null || !answer.wantsRequest()) {
            content.release();
        } else if (content instanceof LastHttpContent last) {
            answer.requestEnded();
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
        end();
        if (wait != null) {
            wait.cancel();
        }
        if (leaveLine != null) {
            leaveLine.run();
        }
        if (answer != null) {
            answer.onVisitorGone();
        }
    }

    private boolean isOver() {
        return over || (answer != null && answer.isOver());
    }

    /** Ends what has no stream: with one, the end is the answer's. */
    private void end() {
        over = true;
        early.forEach(HttpContent::release);
        early.clear();
        if (turn != null) {
            turn.end();
        }
    }
}
