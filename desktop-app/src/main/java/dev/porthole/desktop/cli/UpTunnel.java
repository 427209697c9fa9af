package dev.porthole.desktop.cli;

import dev.porthole.core.Link;
import dev.porthole.core.Porthole;
import dev.porthole.core.PortholeException;
import dev.porthole.core.ShareProgress;
import dev.porthole.core.TunnelState;
import dev.porthole.core.agent.AgentTime;
import dev.porthole.core.api.Tunnel;
import dev.porthole.core.declared.DeclaredGitHubApp;
import dev.porthole.core.declared.DeclaredTunnel;
import dev.porthole.core.declared.KeeperNews;
import dev.porthole.core.declared.TunnelKeeper;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One declared tunnel while {@code porthole up} runs: its keeper, and how it stands. One thread. */
final class UpTunnel {
    /** How it stands. */
    enum State {
        STARTING,
        WAITING,
        READY,
        FAILED,
        OFF
    }

    private final UpReport report;
    private final AgentTime clock;
    private final TunnelKeeper keeper;
    private final Function<@Nullable DeclaredGitHubApp, Webhook> webhooks;
    private DeclaredTunnel asked;
    private Instant began;
    private State state = State.STARTING;
    private String detail = "";
    private boolean wasReady;
    private @Nullable PortholeException failure;
    private @Nullable Tunnel tunnel;
    private @Nullable Watch watch;
    private Webhook webhook;

    /**
     * @param later has the one thread do something, unless the tunnel is not declared any more by then
     * @param environment what an app's webhook takes its key from
     */
    UpTunnel(
            Porthole porthole,
            DeclaredTunnel asked,
            UpReport report,
            AgentTime clock,
            Map<String, String> environment,
            BiConsumer<UpTunnel, Runnable> later) {
        this.asked = asked;
        this.report = report;
        this.clock = clock;
        this.began = clock.instant();
        this.webhooks = app -> new Webhook(app, environment, clock, event -> later.accept(this, () -> tell(event)));
        this.webhook = webhooks.apply(asked.gitHubApp());
        this.keeper = new TunnelKeeper(porthole, asked, clock, what -> later.accept(this, () -> hear(what)));
    }

    TunnelKeeper keeper() {
        return keeper;
    }

    /** What the file said last of it. */
    DeclaredTunnel asked() {
        return asked;
    }

    State state() {
        return state;
    }

    /** Whether nothing more comes by itself. */
    boolean isSettled() {
        return state != State.STARTING;
    }

    /** Whether nothing runs. */
    boolean isOver() {
        return state == State.FAILED || state == State.OFF;
    }

    boolean wasReady() {
        return wasReady;
    }

    @Nullable
    PortholeException failure() {
        return failure;
    }

    /** Applies an edit; shares again what failed, and what was turned off if something of it is another. */
    void edit(DeclaredTunnel wanted, boolean same) {
        if (!Objects.equals(asked.gitHubApp(), wanted.gitHubApp())) {
            webhook.close();
            webhook = webhooks.apply(wanted.gitHubApp());
            Tunnel known = tunnel;
            if (known != null && state == State.READY) {
                webhook.addressIs(known.url());
            }
        }
        asked = wanted;
        if (!same || state == State.FAILED) {
            if (isOver()) {
                webhook = webhooks.apply(wanted.gitHubApp());
                state = State.STARTING;
                began = clock.instant();
                watch = null;
            }
            keeper.change(wanted);
        }
    }

    /** It is off, on purpose. */
    void stopped(String reason) {
        state = State.OFF;
        webhook.close();
        tell(new ShareEvent.Stopped(tunnel == null ? null : tunnel.id(), reason));
    }

    /** It could not be turned off. */
    void stillOn(PortholeException why) {
        report.tell(new UpEvent.EditFailed(asked.key(), kind(why), String.valueOf(why.getMessage())));
    }

    UpEvent.Row row() {
        Tunnel known = tunnel;
        return new UpEvent.Row(
                asked.key(),
                state.name().toLowerCase(Locale.ROOT),
                asked.endpoint().toString(),
                known == null ? null : known.id(),
                known == null ? null : known.url(),
                detail);
    }

    private void hear(KeeperNews news) {
        switch (news) {
            case KeeperNews.Step step -> step(step.progress());
            case KeeperNews.Created created -> {
                tunnel = created.tunnel();
                tell(Listening.created(created.tunnel()));
            }
            case KeeperNews.Ready ready -> {
                tunnel = ready.tunnel();
                state = State.READY;
                detail = "";
                wasReady = true;
                failure = null;
                watch = new Watch(ready.tunnel(), this::tell, clock);
                tell(Listening.ready(ready.tunnel(), Duration.between(began, clock.instant())));
                webhook.addressIs(ready.tunnel().url());
            }
            case KeeperNews.Changed changed -> {
                Tunnel now = changed.tunnel();
                tunnel = now;
                if (watch != null) {
                    watch = new Watch(now, this::tell, clock);
                }
                report.tell(new UpEvent.Changed(
                        asked.key(),
                        now.id(),
                        changed.what(),
                        now.label(),
                        now.endpoint().toString(),
                        now.url()));
                if (state == State.READY) {
                    webhook.addressIs(now.url());
                }
            }
            case KeeperNews.Noted noted -> report.tell(new UpEvent.Noted(asked.key(), noted.text()));
            case KeeperNews.Failed failed -> failed(failed.why());
            case KeeperNews.EditFailed failed -> {
                // What is wanted is not what runs: saving the file once more tries again.
                asked = keeper.wanted();
                report.tell(new UpEvent.EditFailed(
                        asked.key(),
                        kind(failed.why()),
                        String.valueOf(failed.why().getMessage())));
            }
        }
    }

    void linkIs(Link link) {
        if (watch != null && !isOver()) {
            watch.linkIs(link);
        }
    }

    void tunnelsAre(List<TunnelState> tunnels) {
        if (watch == null || isOver()) {
            return;
        }
        Optional<String> end = watch.tunnelsAre(tunnels);
        if (end.isPresent()) {
            keeper.wasTurnedOff();
            watch = null;
            stopped(end.get());
            return;
        }
        // Someone may have given it another address on a screen.
        tunnels.stream()
                .map(TunnelState::tunnel)
                .filter(now -> tunnel != null && now.id().equals(tunnel.id()) && now.version() > tunnel.version())
                .forEach(now -> {
                    tunnel = now;
                    webhook.addressIs(now.url());
                });
    }

    private void step(ShareProgress progress) {
        if (progress.state() == ShareProgress.State.WAITING && !isOver()) {
            state = State.WAITING;
            detail = progress.detail() == null ? "" : progress.detail();
        }
        tell(Listening.stage(progress));
    }

    private void failed(PortholeException why) {
        state = State.FAILED;
        detail = String.valueOf(why.getMessage());
        failure = why;
        tell(new ShareEvent.Failed(kind(why), detail));
    }

    private void tell(ShareEvent event) {
        report.tell(new UpEvent.Of(asked.key(), event));
    }

    private static String kind(PortholeException why) {
        return why.kind().name().toLowerCase(Locale.ROOT);
    }
}
