package dev.porthole.core.agent;

import dev.porthole.core.api.ServerProxies;
import dev.porthole.core.api.TrustedAuthorities;
import dev.porthole.core.proxy.Transport;
import io.netty.channel.Channel;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Finds out whether the way to a server lets a session's upgrade through, without a session: the handshake goes out
 * with a token that no server takes, and a server that says so has understood all of it.
 *
 * <p>Blocking, for virtual threads; an interrupt ends it.
 */
public final class UpgradeProbe {
    private static final String NO_TOKEN = "doctor";
    /** As long as an instance has to be: a server looks at that before it looks at the token. */
    private static final String INSTANCE = "doctor-probe";

    /** How far it came. */
    public enum Way {
        /** The upgrade reaches the server. */
        UPGRADE,
        /** Only a WebSocket does: sessions travel in its frames. */
        WEB_SOCKET,
        /** Neither does. */
        NONE
    }

    /**
     * What was found.
     *
     * @param detail why it is not {@link Way#UPGRADE}, for people; else empty
     */
    public record Result(Way way, String detail) {}

    private final URI server;
    private final String agentVersion;
    private final Duration limit;

    /** @param limit for each of the two tries */
    public UpgradeProbe(URI server, String agentVersion, Duration limit) {
        this.server = server;
        this.agentVersion = agentVersion;
        this.limit = limit;
    }

    /** Tries the upgrade, and where that does not go through, the WebSocket. */
    public Result look() throws IOException, InterruptedException {
        try (Transport transport = new Transport()) {
            Dialer dialer = new Dialer(
                    transport,
                    server,
                    SslContextBuilder.forClient()
                            .sslProvider(SslProvider.JDK)
                            .trustManager(TrustedAuthorities.ofThisProcess().trustManager())
                            .endpointIdentificationAlgorithm("HTTPS")
                            .build(),
                    limit,
                    at -> ServerProxies.ofThisComputer().proxyTo(at));
            DialException plain = shakeHands(dialer, false);
            if (plain.kind() == DialException.Kind.CREDENTIAL) {
                return new Result(Way.UPGRADE, "");
            }
            DialException framed = shakeHands(dialer, true);
            boolean through = framed.kind() == DialException.Kind.CREDENTIAL;
            return new Result(through ? Way.WEB_SOCKET : Way.NONE, String.valueOf(plain.getMessage()));
        }
    }

    /** How the server refuses, or whoever is on the way. */
    private DialException shakeHands(Dialer dialer, boolean webSocket) throws InterruptedException {
        CompletableFuture<DialException> refused = new CompletableFuture<>();
        dialer.dial().addListener((Future<Channel> dialled) -> {
            if (!dialled.isSuccess()) {
                refused.completeExceptionally(dialled.cause());
                return;
            }
            Channel channel = dialled.getNow();
            refused.whenComplete((how, failure) -> channel.close());
            channel.pipeline().addLast(handshake(webSocket, refused));
        });
        try {
            return refused.get(limit.multipliedBy(2).toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException failed) {
            return failed.getCause() instanceof DialException known
                    ? known
                    : new DialException(DialException.Kind.UNREACHABLE, String.valueOf(failed.getCause()));
        } catch (TimeoutException silent) {
            refused.cancel(false);
            return new DialException(
                    DialException.Kind.UNREACHABLE, "The server took the connection but gave no answer.", true);
        } catch (InterruptedException stopped) {
            refused.cancel(false);
            throw stopped;
        }
    }

    private SessionHandshake handshake(boolean webSocket, CompletableFuture<DialException> refused) {
        SessionHandshake.Outcome outcome = new SessionHandshake.Outcome() {
            @Override
            public void turned() {
                refused.complete(new DialException(
                        DialException.Kind.ANSWERED_NO, "The server took a token that it never gave."));
            }

            @Override
            public void failed(DialException cause) {
                refused.complete(cause);
            }
        };
        return new SessionHandshake(server, NO_TOKEN, INSTANCE, agentVersion, webSocket, outcome);
    }
}
