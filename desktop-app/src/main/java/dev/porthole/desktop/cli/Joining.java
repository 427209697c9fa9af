package dev.porthole.desktop.cli;

import dev.porthole.core.PortholeException;
import dev.porthole.core.PortholeException.Kind;
import dev.porthole.core.TunnelState;
import dev.porthole.core.TunnelState.Phase;
import dev.porthole.core.api.Tunnel;
import dev.porthole.core.observe.Subscription;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * A tunnel that another process of this home carries, watched until someone has seen enough or it is turned off there.
 * Nothing is carried here, and nothing is turned off in the end.
 */
final class Joining {
    private final Session session;
    private final Window window;
    private final ShareReport report;
    private final InstantSource clock;
    private final BlockingQueue<News> news = new LinkedBlockingQueue<>();

    Joining(Session session, Window window, ShareReport report, InstantSource clock) {
        this.session = session;
        this.window = window;
        this.report = report;
        this.clock = clock;
    }

    private sealed interface News {
        record StopAsked() implements News {}

        record TunnelsAre(List<TunnelState> tunnels) implements News {}

        record Resized() implements News {}
    }

    /** Says what it is, and what becomes of it, until the end; returns the exit code. */
    int watch(TunnelState there, Interrupts interrupts) throws PortholeException {
        Tunnel tunnel = there.tunnel();
        try (Subscription _ = interrupts.onFirst(() -> news.add(new News.StopAsked()));
                Subscription _ = session.porthole().tunnels().subscribe(list -> news.add(new News.TunnelsAre(list)));
                Subscription _ = report.isLive() ? window.onResize(() -> news.add(new News.Resized())) : () -> {}) {
            // Only now: whoever hears of it may end it at once.
            report.tell(new ShareEvent.Joined(
                    tunnel.id(), tunnel.label(), tunnel.endpoint().toString(), tunnel.url()));
            boolean ready = there.phase() == Phase.READY;
            if (ready) {
                report.tell(Listening.ready(tunnel, Duration.ZERO));
            }
            Watch watch = new Watch(tunnel, report, clock, ready);
            while (true) {
                switch (news.take()) {
                    case News.StopAsked _ -> {
                        return stopped(tunnel, "the tunnel stays on: another process carries it.");
                    }
                    case News.TunnelsAre list -> {
                        Optional<String> end = watch.tunnelsAre(list.tunnels());
                        if (end.isPresent()) {
                            return stopped(tunnel, end.get());
                        }
                    }
                    case News.Resized _ -> report.resized();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PortholeException(Kind.CANCELLED, "Interrupted.", e);
        }
    }

    private int stopped(Tunnel tunnel, String reason) {
        session.close();
        report.tell(new ShareEvent.Stopped(tunnel.id(), reason));
        return Command.FINE;
    }
}
