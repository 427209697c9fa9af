package dev.porthole.core.agent;

import dev.porthole.core.api.ConnectToken;
import dev.porthole.core.proxy.LocalProxy;
import io.netty.channel.Channel;
import io.netty.util.concurrent.Future;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** From a connect token to a session that is up: dial, handshake, control stream. Blocking, for virtual threads. */
final class SessionOpener {
    private final Dialer dialer;
    private final AgentConfig config;
    private final String instance;
    private final LocalProxy proxy;
    private final Supplier<Set<String>> desired;
    private final Session.Watcher watcher;

    SessionOpener(
            Dialer dialer,
            AgentConfig config,
            String instance,
            LocalProxy proxy,
            Supplier<Set<String>> desired,
            Session.Watcher watcher) {
        this.dialer = dialer;
        this.config = config;
        this.instance = instance;
        this.proxy = proxy;
        this.desired = desired;
        this.watcher = watcher;
    }

    /** Opens a session. An interrupt closes what there is of it. */
    Session open(ConnectToken token) throws DialException, InterruptedException {
        CompletableFuture<Session> opened = new CompletableFuture<>();
        dialer.dial().addListener((Future<Channel> dialled) -> {
            if (dialled.isSuccess()) {
                shakeHands(dialled.getNow(), token, opened);
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

    private void shakeHands(Channel channel, ConnectToken token, CompletableFuture<Session> opened) {
        opened.whenComplete((session, failure) -> {
            if (failure != null) {
                channel.close();
            }
        });
        channel.eventLoop()
                .schedule(
                        () -> opened.completeExceptionally(new DialException(
                                DialException.Kind.UNREACHABLE,
                                "The server took the connection but made no session of it.")),
                        config.limits().handshake().toMillis(),
                        TimeUnit.MILLISECONDS);
        SessionHandshake.Outcome outcome = new SessionHandshake.Outcome() {
            @Override
            public void turned() {
                new Session(channel, proxy, config.limits(), desired, watcher)
                        .up()
                        .whenComplete((up, failure) -> {
                            if (failure != null) {
                                opened.completeExceptionally(failure);
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
                .addLast(
                        new SessionHandshake(config.server(), token.token(), instance, config.agentVersion(), outcome));
    }
}
