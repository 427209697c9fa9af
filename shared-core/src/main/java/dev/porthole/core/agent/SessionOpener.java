package dev.porthole.core.agent;

import dev.porthole.core.api.ConnectToken;
import dev.porthole.core.proxy.LocalProxy;
import io.netty.channel.Channel;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * From a connect token to a session that is up: dial, handshake, control stream. Where something on the way lets the
 * upgrade not through, it tries a WebSocket at once, and begins with that for a while. Blocking, for virtual threads,
 * one at a time.
 */
final class SessionOpener {
    private static final Logger LOG = LoggerFactory.getLogger(SessionOpener.class);

    /** Networks change: then the plain way may be open again, which has a layer less. */
    private static final Duration WEB_SOCKET_FOR = Duration.ofHours(1);

    private final Dialer dialer;
    private final AgentConfig config;
    private final String instance;
    private final LocalProxy proxy;
    private final Supplier<Set<String>> desired;
    private final Session.Watcher watcher;
    private final InstantSource time;
    private @Nullable Instant webSocketUntil;

    SessionOpener(
            Dialer dialer,
            AgentConfig config,
            String instance,
            LocalProxy proxy,
            Supplier<Set<String>> desired,
            Session.Watcher watcher,
            InstantSource time) {
        this.dialer = dialer;
        this.config = config;
        this.instance = instance;
        this.proxy = proxy;
        this.desired = desired;
        this.watcher = watcher;
        this.time = time;
    }

    /** Opens a session. An interrupt closes what there is of it. */
    Session open(ConnectToken token) throws DialException, InterruptedException {
        Instant until = webSocketUntil;
        if (until != null && time.instant().isBefore(until)) {
            try {
                return open(token, true);
            } catch (DialException failed) {
                webSocketUntil = null;
                throw failed;
            }
        }
        try {
            return open(token, false);
        } catch (DialException failed) {
            if (!failed.isUpgradeDoubtful()) {
                throw failed;
            }
            return inFrames(token, failed);
        }
    }

    private Session inFrames(ConnectToken token, DialException plain) throws DialException, InterruptedException {
        Session session;
        try {
            session = open(token, true);
        } catch (DialException failed) {
            boolean saysMore =
                    failed.kind() == DialException.Kind.CREDENTIAL || failed.kind() == DialException.Kind.REFUSED;
            throw saysMore ? failed : plain;
        }
        LOG.info("{} is reached in WebSocket frames, since otherwise: {}", config.server(), plain.getMessage());
        webSocketUntil = time.instant().plus(WEB_SOCKET_FOR);
        return session;
    }

    private Session open(ConnectToken token, boolean webSocket) throws DialException, InterruptedException {
        CompletableFuture<Session> opened = new CompletableFuture<>();
        dialer.dial().addListener((Future<Channel> dialled) -> {
            if (dialled.isSuccess()) {
                shakeHands(dialled.getNow(), token, webSocket, opened);
            } else {
                opened.completeExceptionally(dialled.cause());
            }
        });
        try {
            return opened.get();
        } catch (InterruptedException stopped) {
            opened.cancel(false);
            throw stopped;
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof DialException dial) {
                throw dial;
            }
            throw new DialException(DialException.Kind.UNREACHABLE, "No session: " + failed.getCause());
        }
    }

    private void shakeHands(Channel channel, ConnectToken token, boolean webSocket, CompletableFuture<Session> opened) {
        opened.whenComplete((session, failure) -> {
            if (failure != null) {
                channel.close();
            }
        });
        channel.eventLoop()
                .schedule(
                        () -> opened.completeExceptionally(new DialException(
                                DialException.Kind.UNREACHABLE,
                                "The server took the connection but made no session of it.",
                                !webSocket)),
                        config.limits().handshake().toMillis(),
                        TimeUnit.MILLISECONDS);
        SessionHandshake.Outcome outcome = new SessionHandshake.Outcome() {
            @Override
            public void turned() {
                new Session(channel, proxy, config.limits(), desired, watcher)
                        .up()
                        .whenComplete((up, failure) -> {
                            if (failure != null) {
                                opened.completeExceptionally(new DialException(
                                        DialException.Kind.UNREACHABLE,
                                        String.valueOf(failure.getMessage()),
                                        !webSocket));
                            } else {
                                opened.complete(up);
                            }
                        });
            }

            @Override
            public void failed(DialException cause) {
                opened.completeExceptionally(cause);
            }
        };
        channel.pipeline()
                .addLast(new SessionHandshake(
                        config.server(), token.token(), instance, config.agentVersion(), webSocket, outcome));
    }
}
