package dev.porthole.core.proxy;

import dev.porthole.core.traffic.RequestTimer;
import dev.porthole.core.traffic.TrafficBook;
import dev.porthole.core.traffic.TrafficCounter;
import dev.porthole.core.wire.PortholeError;
import dev.porthole.core.wire.WireHeaders;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Headers;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Decides what becomes of an edge's stream: refused, answered as a probe, or forwarded to its tunnel's endpoint.
 *
 * <p>{@link #open} on the event loop only.
 */
public final class LocalProxy {
    private static final HttpMethod CONNECT = HttpMethod.CONNECT;

    private final AllowList allowed;
    private final ProxyLimits limits;
    private final EndpointDialer dialer;
    private final EndpointPool pool;
    private final BlockedHosts blockedHosts;
    private final TrafficBook traffic;

    /** Counts visitors' requests in {@code traffic}. */
    public LocalProxy(Transport transport, AllowList allowed, ProxyLimits limits, TrafficBook traffic) {
        this.allowed = allowed;
        this.limits = limits;
        this.dialer = new EndpointDialer(transport, limits, new EndpointTls(SystemTrust::load));
        this.pool = new EndpointPool(dialer, limits);
        this.blockedHosts = new BlockedHosts(allowed);
        this.traffic = traffic;
    }

    /** The tunnels whose apps refuse the name that visitors use. */
    public BlockedHosts blockedHosts() {
        return blockedHosts;
    }

    /**
     * Starts to answer a stream.
     *
     * @param head its head, read before this returns
     * @param end whether that is all of the request
     * @param probes what the stream's session was told to expect
     */
    public StreamHandler open(EdgeStream stream, Http2Headers head, boolean end, ProbeNonces probes) {
        CharSequence id = head.get(WireHeaders.TUNNEL);
        CarriedTunnel tunnel = id == null ? null : allowed.find(id.toString());
        if (tunnel == null) {
            return refused(stream, PortholeError.ACCESS_DENIED);
        }
        CharSequence nonce = head.get(WireHeaders.PROBE);
        if (nonce != null) {
            return probe(stream, tunnel, nonce, probes);
        }
        count(stream, tunnel, head);
        try {
            return forward(stream, tunnel, head, end);
        } catch (IllegalArgumentException unsayable) {
            // A field or a target that HTTP/1.1 has no words for: the edge should not have let it in.
            stream.reset(Http2Error.PROTOCOL_ERROR);
            return new Refused();
        }
    }

    private void count(EdgeStream stream, CarriedTunnel tunnel, Http2Headers head) {
        TrafficCounter counter = traffic.of(tunnel.tunnel());
        stream.count(
                counter, counter.begin(head.get("x-forwarded-for"), head.get(HttpHeaderNames.USER_AGENT), head.path()));
        stream.time(timer(tunnel, head));
    }

    /** As the edge's own line names it: an upgrade was the visitor's GET, and a TCP tunnel has no path. */
    private @Nullable RequestTimer timer(CarriedTunnel tunnel, Http2Headers head) {
        CharSequence id = head.get(WireHeaders.REQUEST_ID);
        CharSequence method = head.method();
        CharSequence path = head.path();
        boolean upgrade = head.contains(Http2Headers.PseudoHeaderName.PROTOCOL.value());
        return traffic.time(
                tunnel.tunnel(),
                id == null ? "-" : id,
                method == null || upgrade ? "GET" : method,
                path == null ? tunnel.endpoint().authority() : path,
                upgrade);
    }

    private StreamHandler probe(EdgeStream stream, CarriedTunnel tunnel, CharSequence nonce, ProbeNonces probes) {
        if (!probes.take(tunnel.tunnel(), nonce.toString())) {
            return refused(stream, PortholeError.ACCESS_DENIED);
        }
        ProbeAnswer answer = new ProbeAnswer(stream);
        if (tunnel.endpoint().isFolder()) {
            answer.startFolder(dialer.loop(), tunnel, nonce);
        } else {
            answer.start(dialer, limits, tunnel, nonce);
        }
        return answer;
    }

    private StreamHandler forward(EdgeStream stream, CarriedTunnel tunnel, Http2Headers head, boolean end) {
        HttpMethod method = HttpMethod.valueOf(text(head.method(), "GET"));
        CharSequence protocol = head.get(Http2Headers.PseudoHeaderName.PROTOCOL.value());
        if (tunnel.endpoint().isFolder()) {
            return folder(stream, tunnel, head, end);
        }
        if (method.equals(CONNECT) && protocol == null) {
            ForwardedConnect connect = new ForwardedConnect(stream);
            connect.start(dialer, tunnel);
            return connect;
        }
        HostRewriting rewriting = new HostRewriting(tunnel, publicScheme(head), text(head.authority(), "localhost"));
        CharSequence path = head.path();
        BlockedHostLook look = blockedHosts.look(tunnel, path == null ? "/" : path);
        if (mayBeHttp2(tunnel, protocol != null)) {
            Duration patience = GrpcTimeout.of(head, limits.firstByteOf(tunnel));
            NegotiatedRequest request =
                    new NegotiatedRequest(tunnel, stream, pool, head, rewriting, dialer.loop(), patience, look);
            request.start(end);
            return request;
        }
        Duration firstByte = limits.firstByteOf(tunnel);
        if (protocol != null) {
            UpgradeRequest request = UpgradeRequest.of(head, protocol.toString(), rewriting);
            ForwardedUpgrade upgrade = new ForwardedUpgrade(stream, request, rewriting, firstByte, look);
            upgrade.start(dialer, tunnel);
            return upgrade;
        }
        ForwardedRequest request = new ForwardedRequest(
                tunnel, stream, pool, EndpointFields.request(method, head, rewriting), rewriting, firstByte, look);
        request.start(end);
        return request;
    }

    private StreamHandler folder(EdgeStream stream, CarriedTunnel tunnel, Http2Headers head, boolean end) {
        boolean upgrade = head.contains(Http2Headers.PseudoHeaderName.PROTOCOL.value());
        String method = text(head.method(), "GET");
        if (method.equals("CONNECT") && !upgrade) {
            // Bytes have nowhere to go.
            return refused(stream, PortholeError.ENDPOINT_REFUSED);
        }
        FolderExchange exchange = new FolderExchange(stream, dialer.loop(), upgrade);
        exchange.start(tunnel.endpoint(), upgrade ? "GET" : method, head, end);
        return exchange;
    }

    /** Upgrades are HTTP/1.1's, unless an app that is known to speak HTTP/2 takes them there (RFC 8441). */
    private boolean mayBeHttp2(CarriedTunnel tunnel, boolean upgrade) {
        return switch (tunnel.endpoint().scheme()) {
            case H2C -> true;
            case HTTPS -> !upgrade || pool.hasStreamsForUpgrades(tunnel);
            case HTTP, TCP, FILE -> false;
        };
    }

    private static StreamHandler refused(EdgeStream stream, PortholeError error) {
        stream.fail(error);
        return new Refused();
    }

    /** What the visitor used, if a trusted proxy ended TLS in front of the edge too. */
    private static String publicScheme(Http2Headers head) {
        String forwarded = text(head.get("x-forwarded-proto"), "");
        return forwarded.equals("https") || forwarded.equals("http") ? forwarded : text(head.scheme(), "http");
    }

    private static String text(@Nullable CharSequence value, String otherwise) {
        return value == null ? otherwise : value.toString();
    }

    /** A stream that has its answer: what still comes on it is dropped. */
    private static final class Refused implements StreamHandler {
        @Override
        public int onData(ByteBuf data, boolean end) {
            return data.readableBytes();
        }

        @Override
        public void onTrailers(Http2Headers trailers) {}

        @Override
        public void onWritabilityChanged() {}

        @Override
        public void onClosed() {}
    }
}
