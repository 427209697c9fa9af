package dev.porthole.desktop.cli;

import dev.porthole.core.Link;
import dev.porthole.core.Porthole;
import dev.porthole.core.Porthole.ShareRequest;
import dev.porthole.core.PortholeException;
import dev.porthole.core.PortholeException.Kind;
import dev.porthole.core.ShareProgress;
import dev.porthole.core.TunnelState;
import dev.porthole.core.api.Tunnel;
import dev.porthole.core.observe.Subscription;
import dev.porthole.core.traffic.PassedRequest;
import dev.porthole.core.traffic.Traffic;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * A share that runs until someone stops it: a signal, or another program that turns the tunnel off. News come from
 * several threads and go through one queue, so that the report hears them one at a time.
 */
final class Listening {
    private final Session session;
    private final Interrupts interrupts;
    private final Window window;
    private final ShareReport report;
    private final InstantSource clock;
    private final boolean requests;
    /** So many requests may wait to be told. */
    private final Semaphore places = new Semaphore(64);

    private final BlockingQueue<News> news = new LinkedBlockingQueue<>();

    /** {@code requests}: whether each visitor's request is told. */
    Listening(Session session, Surroundings surroundings, ShareReport report, InstantSource clock, boolean requests) {
        this.session = session;
        this.interrupts = surroundings.interrupts();
        this.window = surroundings.window();
        this.requests = requests;
        this.report = report;
        this.clock = clock;
    }

    /** What the queue carries. */
    private sealed interface News {
        record StopAsked() implements News {}

        record Step(ShareProgress progress) implements News {}

        record Shared(Tunnel tunnel) implements News {}

        record Refused(PortholeException why) implements News {}

        record LinkIs(Link link) implements News {}

        record TunnelsAre(List<TunnelState> tunnels) implements News {}

        record Passed(PassedRequest request) implements News {}

        record Passes(Traffic traffic) implements News {}

        record Resized() implements News {}
    }

    /** What has to be fine before anything is shared, such as a sign-in. */
    @FunctionalInterface
    interface Preparation {
        void prepare() throws PortholeException;
    }

    /**
     * Prepares, shares and waits for the end. Returns the exit code: stopping what was ready is no failure. A refusal
     * is an event of the report before it is thrown, whichever step refused.
     */
    int run(Preparation preparation, ShareRequest request) throws PortholeException {
        try {
            preparation.prepare();
        } catch (PortholeException refused) {
            throw reported(refused);
        }
        Optional<TunnelState> besides = carriedBesides(request);
        if (besides.isPresent()) {
            return new Joining(session, window, report, clock).watch(besides.get(), interrupts);
        }
        session.stopTunnelsOnClose();
        Thread sharing = Thread.ofVirtual().name("share").unstarted(() -> share(request));
        try (Subscription _ = interrupts.onFirst(() -> news.add(new News.StopAsked()))) {
            Instant began = clock.instant();
            sharing.start();
            Optional<Tunnel> ready = awaitReady(request);
            if (ready.isEmpty()) {
                report.tell(new ShareEvent.Stopping());
                sharing.interrupt();
                sharing.join();
                return stopped(null, "before the tunnel was ready.", Kind.CANCELLED.exitCode());
            }
            report.tell(ready(ready.get(), Duration.between(began, clock.instant())));
            return watch(ready.get());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PortholeException(Kind.CANCELLED, "Interrupted.", e);
        } catch (PortholeException failed) {
            throw reported(failed);
        }
    }

    private Optional<TunnelState> carriedBesides(ShareRequest request) throws PortholeException {
        try {
            return session.porthole().carriedBesides(request.endpoint());
        } catch (PortholeException refused) {
            throw reported(refused);
        }
    }

    private PortholeException reported(PortholeException failed) {
        report.tell(new ShareEvent.Failed(failed.kind().name().toLowerCase(Locale.ROOT), message(failed)));
        return failed;
    }

    private void share(ShareRequest request) {
        try {
            TunnelState state = session.porthole().share(request, step -> news.add(new News.Step(step)));
            news.add(new News.Shared(state.tunnel()));
        } catch (PortholeException refused) {
            news.add(new News.Refused(refused));
        } catch (RuntimeException defect) {
            news.add(new News.Refused(new PortholeException(Kind.FAILED, "Sharing broke off: " + defect, defect)));
        }
    }

    /** The tunnel once it is ready; empty if a stop was asked for before. */
    private Optional<Tunnel> awaitReady(ShareRequest request) throws InterruptedException, PortholeException {
        boolean created = false;
        while (true) {
            switch (news.take()) {
                case News.StopAsked _ -> {
                    return Optional.empty();
                }
                case News.Refused refused -> throw refused.why();
                case News.Shared shared -> {
                    if (!created) {
                        report.tell(created(shared.tunnel()));
                    }
                    return Optional.of(shared.tunnel());
                }
                case News.Step step -> {
                    report.tell(stage(step.progress()));
                    if (!created && step.progress().url() != null) {
                        Optional<Tunnel> known = tunnelOf(request);
                        known.ifPresent(tunnel -> report.tell(created(tunnel)));
                        created = known.isPresent();
                    }
                }
                case News.LinkIs _, News.TunnelsAre _, News.Passed _, News.Passes _, News.Resized _ -> {}
            }
        }
    }

    /** Reports what happens to a tunnel that is ready, until it ends. */
    private int watch(Tunnel tunnel) throws InterruptedException {
        Porthole porthole = session.porthole();
        Watch watch = new Watch(tunnel, report, clock);
        try (Subscription _ = porthole.link().subscribe(link -> news.add(new News.LinkIs(link)));
                Subscription _ = porthole.tunnels().subscribe(list -> news.add(new News.TunnelsAre(list)));
                Subscription _ = heard(tunnel);
                Subscription _ = seen(tunnel);
                Subscription _ = report.isLive() ? window.onResize(() -> news.add(new News.Resized())) : () -> {}) {
            while (true) {
                switch (news.take()) {
                    case News.StopAsked _ -> {
                        report.tell(new ShareEvent.Stopping());
                        return stopped(tunnel.id(), "the tunnel is off and keeps its address.", Command.FINE);
                    }
                    case News.LinkIs link -> watch.linkIs(link.link());
                    case News.TunnelsAre list -> {
                        Optional<String> end = watch.tunnelsAre(list.tunnels());
                        if (end.isPresent()) {
                            return stopped(tunnel.id(), end.get(), Command.FINE);
                        }
                    }
                    case News.Passed passed -> {
                        report.tell(ShareEvent.Request.of(passed.request()));
                        places.release();
                    }
                    case News.Passes passes -> report.passes(passes.traffic());
                    case News.Resized _ -> report.resized();
                    case News.Step _, News.Shared _, News.Refused _ -> {}
                }
            }
        }
    }

    /** Waits where the queue is long: the core drops what a slow terminal can't take, and says how many that were. */
    private Subscription heard(Tunnel tunnel) {
        return requests
                ? session.porthole().requests(tunnel.id(), request -> {
                    try {
                        places.acquire();
                        news.add(new News.Passed(request));
                    } catch (InterruptedException closed) {
                        Thread.currentThread().interrupt();
                    }
                })
                : () -> {};
    }

    private Subscription seen(Tunnel tunnel) {
        return report.isLive()
                ? session.porthole().traffic(tunnel.id()).subscribe(traffic -> news.add(new News.Passes(traffic)))
                : () -> {};
    }

    /** Ends the session first, so that "stopped" is true when it is said. */
    private int stopped(@Nullable String id, String reason, int exitCode) {
        session.close();
        report.tell(new ShareEvent.Stopped(id, reason));
        return exitCode;
    }

    private Optional<Tunnel> tunnelOf(ShareRequest request) {
        return session.porthole().tunnels().get().stream()
                .map(TunnelState::tunnel)
                .filter(tunnel -> tunnel.endpoint().equals(request.endpoint()))
                .findFirst();
    }

    static ShareEvent created(Tunnel tunnel) {
        return new ShareEvent.Created(
                tunnel.id(), tunnel.label(), tunnel.endpoint().toString(), tunnel.url());
    }

    static ShareEvent ready(Tunnel tunnel, Duration after) {
        return new ShareEvent.Ready(tunnel.id(), tunnel.label(), tunnel.url(), seconds(after), tunnel.connector());
    }

    static ShareEvent stage(ShareProgress progress) {
        return new ShareEvent.Stage(
                progress.stage().name().toLowerCase(Locale.ROOT),
                progress.state().name().toLowerCase(Locale.ROOT),
                seconds(progress.elapsed()),
                progress.detail());
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    private static String message(PortholeException failed) {
        return String.valueOf(failed.getMessage());
    }
}
