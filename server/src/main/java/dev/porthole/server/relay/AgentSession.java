package dev.porthole.server.relay;

import dev.porthole.core.wire.ControlMessage;
import dev.porthole.core.wire.ControlMessageCodec;
import dev.porthole.core.wire.Ptth;
import dev.porthole.core.wire.WireHeaders;
import dev.porthole.core.wire.http2.Multiplexer;
import dev.porthole.core.wire.http2.PeerWatch;
import dev.porthole.core.wire.http2.Stream;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Headers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One live transposed connection: the edge's end, as the HTTP/2 client. Event loop only, but for the getters of what
 * never changes.
 */
public final class AgentSession {
    private static final Logger LOG = LoggerFactory.getLogger(AgentSession.class);

    /** Tunnels that one session may announce over its life; a connector of a person has a few. */
    static final int MAX_TUNNELS = 25_000;

    /** No tunnel has this id: the control stream waits behind no visitor's. */
    private static final String CONTROL = "";

    private final SessionGrant grant;
    private final String instance;
    private final Multiplexer http2;
    private final PeerWatch peer;
    private final Channel channel;
    private final RelayContext relay;
    private final SerialTasks tasks = new SerialTasks();
    private final Set<String> carried = new LinkedHashSet<>();
    private final TunnelShares shares = new TunnelShares();
    private @Nullable AgentStream control;
    private boolean draining;
    private boolean ended;

    AgentSession(
            SessionGrant grant,
            String instance,
            Multiplexer http2,
            PeerWatch peer,
            Channel channel,
            RelayContext relay) {
        this.grant = grant;
        this.instance = instance;
        this.http2 = http2;
        this.peer = peer;
        this.channel = channel;
        this.relay = relay;
    }

    public SessionGrant grant() {
        return grant;
    }

    /** Streams that are open now. */
    public int load() {
        return http2.activeStreams();
    }

    /**
     * Whether a new visitor's stream for a tunnel may go here: the agent takes one more, and the tunnel's share does.
     */
    public boolean takesStreams(String tunnel) {
        return isLive() && http2.canOpen() && (carried.size() <= 1 || shares.hasRoom(tunnel, http2.streamsLeft()));
    }

    /** Whether the agent should have said something by now: a session that does is better. */
    boolean isDoubtful() {
        return peer.isDoubtful();
    }

    /** The last measured round trip; null before the first. Any thread. */
    public @Nullable Duration roundTrip() {
        return peer.roundTrip();
    }

    /** Whether its connection is up and nobody has said that it will end. */
    public boolean isLive() {
        return !ended && !draining && channel.isActive();
    }

    /** Whether the agent takes extended CONNECT (RFC 8441). */
    public boolean takesUpgrades() {
        return http2.takesConnectProtocol();
    }

    /**
     * Opens a stream with a request for a tunnel. {@code listener} hears of it until it ends;
     * {@link StreamListener#onReset} if the request could not even be written.
     *
     * @return the stream; null if the codec refused the request (fields larger than the agent takes), after
     *     {@code onReset}
     */
    public @Nullable AgentStream open(
            String tunnel, Http2Headers request, boolean endOfStream, StreamListener listener) {
        Stream stream = http2.open(request, endOfStream, shares.counting(tunnel, listener));
        if (stream == null) {
            listener.onReset(Http2Error.INTERNAL_ERROR.code());
            return null;
        }
        shares.opened(tunnel);
        stream.takesTurnsWith(tunnel);
        http2.flush();
        peer.streamOpened();
        if (http2.isWorn()) {
            drain("the session has carried as many streams as it has numbers for");
        }
        return new AgentStream(stream);
    }

    /** Asks the agent to answer a probe's request by itself. */
    void sendProbe(String tunnel, String nonce) {
        send(new ControlMessage.Probe(tunnel, nonce));
    }

    /** Says that this edge stops: no new streams, and the agent should connect elsewhere first. */
    public void drain(String reason) {
        if (!draining && !ended) {
            draining = true;
            send(new ControlMessage.Drain(reason));
            http2.goAway();
        }
    }

    /** Whether the connection is still there; false while its streams are told of its end. */
    public boolean isConnected() {
        return channel.isActive();
    }

    /** Ends the session now, with all of its streams. */
    public void close() {
        channel.close();
    }

    /** Opens the control stream: the first of the session. */
    void start(String agentVersion, String remoteAddress) {
        relay.sessions().add(this);
        tasks.run(() -> relay.events().opened(grant, instance, agentVersion, remoteAddress));
        Http2Headers request = new DefaultHttp2Headers()
                .method("POST")
                .scheme("http")
                .authority("porthole")
                .path(Ptth.CONTROL_PATH)
                .add(WireHeaders.WIRE, Integer.toString(Ptth.VERSION));
        control = open(CONTROL, request, false, new ControlStream(this));
    }

    /** The stream on which the agent's control messages come. */
    @Nullable
    AgentStream controlStream() {
        return control;
    }

    void agentDrains() {
        draining = true;
    }

    /** Asks the control plane what of this the session may carry, makes routes of it, and tells agent and listeners. */
    void announced(List<String> tunnels) {
        if (carried.size() + tunnels.size() > MAX_TUNNELS) {
            LOG.warn("connector {} announced more than {} tunnels", grant.connector(), MAX_TUNNELS);
            close();
            return;
        }
        tasks.run(() -> {
            Collection<String> allowed = allowed(tunnels);
            List<String> accepted = new ArrayList<>();
            List<String> refused = new ArrayList<>();
            for (String tunnel : tunnels) {
                (allowed.contains(tunnel) ? accepted : refused).add(tunnel);
            }
            channel.eventLoop().execute(() -> routesLive(accepted, refused));
        });
    }

    /** An agent that gets no answer would wait for ever: if there is none, it connects again and asks anew. */
    private Collection<String> allowed(List<String> tunnels) {
        try {
            return Set.copyOf(relay.authority().mayCarry(grant, tunnels));
        } catch (RuntimeException failed) {
            close();
            throw failed;
        }
    }

    private void routesLive(List<String> accepted, List<String> refused) {
        if (ended) {
            return;
        }
        carried.addAll(accepted);
        relay.sessions().carry(this, accepted);
        send(new ControlMessage.Acknowledge(accepted, refused));
        if (!accepted.isEmpty()) {
            tasks.run(() -> relay.events().carried(grant, instance, accepted));
        }
    }

    void withdrew(List<String> tunnels) {
        List<String> known = tunnels.stream().filter(carried::remove).toList();
        relay.sessions().withdraw(this, known);
        if (!known.isEmpty()) {
            tasks.run(() -> relay.events().withdrawn(grant, instance, known));
        }
    }

    /** A visitor's request failed at the endpoint, says the agent. */
    public void endpointFailed(String tunnel, dev.porthole.core.wire.PortholeError error) {
        tasks.run(() -> relay.events().endpointFailed(tunnel, error));
    }

    /** The connection is gone. */
    void ended() {
        if (ended) {
            return;
        }
        ended = true;
        List<String> last = List.copyOf(carried);
        carried.clear();
        relay.sessions().remove(this, last);
        tasks.run(() -> relay.events().closed(grant, instance, last));
    }

    private void send(ControlMessage message) {
        if (control != null && !ended) {
            control.write(Unpooled.wrappedBuffer(ControlMessageCodec.encode(message)), false);
            control.flush();
        }
    }

    @Override
    public String toString() {
        return "session " + instance + " of " + grant.connector();
    }
}
