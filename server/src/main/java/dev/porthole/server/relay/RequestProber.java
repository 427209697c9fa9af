package dev.porthole.server.relay;

import dev.porthole.core.wire.PortholeError;
import dev.porthole.core.wire.WireHeaders;
import io.netty.util.concurrent.EventExecutor;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Probes with a real request: dials the edge's public listener like any visitor, with the tunnel's name as Host and a
 * nonce of 128 bits that works once. Only the edge knows for which tunnel and session the nonce is, and only the agent
 * was told to answer it, so the app behind the tunnel hears nothing and no policy of the tunnel is bypassed. A tunnel
 * with a port of its own is asked there: an HTTP one the same way, a TCP one by a {@link TcpProbe}.
 */
public final class RequestProber implements Prober {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int MAX_ANSWER_LINES = 200;

    private final Listener listener;
    private final EventExecutor loop;
    private final Sessions sessions;
    private final PendingProbes pending;
    private final PortListeners ports;
    private final TcpProbe overTcp;
    private final Duration limit;

    /**
     * The public listener.
     *
     * @param address as bound
     * @param tunnelDomain what a tunnel's name stands in front of
     * @param tls null if it speaks plain HTTP
     */
    public record Listener(
            InetSocketAddress address,
            String tunnelDomain,
            @Nullable SecureDial tls) {}

    /**
     * @param loop the event loop of {@code sessions}
     * @param ports where tunnels' own ports are open
     * @param overTcp tells the edge which of their visitors are probes
     * @param limit for one probe, all in all
     */
    public RequestProber(
            Listener listener,
            EventExecutor loop,
            Sessions sessions,
            PendingProbes pending,
            PortListeners ports,
            PortProbes overTcp,
            Duration limit) {
        this.listener = listener;
        this.loop = loop;
        this.sessions = sessions;
        this.pending = pending;
        this.ports = ports;
        this.overTcp = new TcpProbe(overTcp, limit);
        this.limit = limit;
    }

    @Override
    public ProbeResult probe(TunnelRoute route) {
        String nonce = nonce();
        try {
            InetSocketAddress address = listener.address();
            if (route.port() != null) {
                try {
                    address = ports.listening(route).get(limit.toNanos(), TimeUnit.NANOSECONDS);
                } catch (ExecutionException closed) {
                    return closed(route.port(), String.valueOf(closed.getCause()));
                }
            }
            if (!announce(route, nonce)) {
                return new ProbeResult.NotAnswered("no agent is connected for " + route.name());
            }
            return route.overTcp() ? connection(address, nonce) : request(address, route, nonce);
        } catch (SocketTimeoutException | TimeoutException late) {
            return new ProbeResult.NotAnswered("no answer within " + limit.toSeconds() + " s");
        } catch (IOException | ExecutionException broken) {
            return new ProbeResult.NotAnswered("the public address did not answer: " + broken.getMessage());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return new ProbeResult.NotAnswered("the probe was interrupted");
        } finally {
            pending.forget(nonce);
        }
    }

    private static ProbeResult closed(RoutePort port, String reason) {
        return reason.toLowerCase(Locale.ROOT).contains("in use")
                ? new ProbeResult.PortTaken(port.number(), "another program")
                : new ProbeResult.NotAnswered("port " + port.number() + " can't be opened: " + reason);
    }

    private boolean announce(TunnelRoute route, String nonce)
            throws InterruptedException, ExecutionException, TimeoutException {
        CompletableFuture<Boolean> announced = new CompletableFuture<>();
        loop.execute(() -> {
            AgentSession session = sessions.leastLoaded(route.tunnel());
            if (session != null) {
                pending.add(nonce, route.tunnel(), session);
                session.sendProbe(route.tunnel(), nonce);
            }
            announced.complete(session != null);
        });
        return announced.get(limit.toNanos(), TimeUnit.NANOSECONDS);
    }

    private ProbeResult connection(InetSocketAddress port, String nonce) throws IOException {
        long start = System.nanoTime();
        TcpProbe.Line line = overTcp.ask(dialled(port), nonce);
        String field = line.status().equals("204") ? WireHeaders.PROBE : WireHeaders.ERROR;
        return judge(line.status(), Map.of(field, line.word()), nonce, Duration.ofNanos(System.nanoTime() - start));
    }

    private ProbeResult request(InetSocketAddress address, TunnelRoute route, String nonce) throws IOException {
        long start = System.nanoTime();
        String host = route.name() + "." + listener.tunnelDomain();
        try (Socket plain = new Socket()) {
            plain.setTcpNoDelay(true);
            plain.setSoTimeout(Math.toIntExact(limit.toMillis()));
            plain.connect(dialled(address), Math.toIntExact(limit.toMillis()));
            // A tunnel's own port speaks plain HTTP, whatever the public one does.
            SecureDial tls = route.port() == null ? listener.tls() : null;
            Socket socket = tls == null ? plain : tls.secure(plain, host);
            String request = "GET / HTTP/1.1\r\nHost: " + host + ":" + address.getPort() + "\r\n" + WireHeaders.PROBE
                    + ": " + nonce + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            BufferedReader lines =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
            String status = statusOf(lines.readLine());
            Map<String, String> fields = fields(lines);
            return judge(status, fields, nonce, Duration.ofNanos(System.nanoTime() - start));
        }
    }

    /** Listeners bound to all addresses are dialled on loopback. */
    private static InetSocketAddress dialled(InetSocketAddress bound) {
        return bound.getAddress().isAnyLocalAddress()
                ? new InetSocketAddress(InetAddress.getLoopbackAddress(), bound.getPort())
                : bound;
    }

    private static ProbeResult judge(String status, Map<String, String> fields, String nonce, Duration roundTrip) {
        if (status.equals("204") && nonce.equals(fields.get(WireHeaders.PROBE))) {
            return new ProbeResult.Answered(roundTrip);
        }
        @Nullable String error = fields.get(WireHeaders.ERROR);
        // An agent that is a release older gives no sentence.
        @Nullable String detail = fields.get(WireHeaders.DETAIL);
        if (PortholeError.ENDPOINT_REFUSED.token().equals(error)) {
            return new ProbeResult.EndpointRefused(detail == null ? "the endpoint refused the connection" : detail);
        }
        if (PortholeError.ENDPOINT_TIMEOUT.token().equals(error)) {
            return new ProbeResult.EndpointRefused(detail == null ? "the endpoint did not answer in time" : detail);
        }
        return new ProbeResult.NotAnswered("status " + status + (error == null ? "" : ", " + error));
    }

    private static String statusOf(@Nullable String line) throws IOException {
        if (line == null || !line.startsWith("HTTP/1.1 ") || line.length() < 12) {
            throw new IOException("status line: " + line + " (expected: HTTP/1.1 and three digits)");
        }
        return line.substring(9, 12);
    }

    private static Map<String, String> fields(BufferedReader lines) throws IOException {
        Map<String, String> fields = new HashMap<>();
        for (int count = 0; count < MAX_ANSWER_LINES; count++) {
            String line = lines.readLine();
            if (line == null || line.isEmpty()) {
                break;
            }
            int colon = line.indexOf(':');
            if (colon > 0) {
                fields.put(
                        line.substring(0, colon).toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).strip());
            }
        }
        return fields;
    }

    private static String nonce() {
        byte[] bits = new byte[16];
        RANDOM.nextBytes(bits);
        return HexFormat.of().formatHex(bits);
    }
}
