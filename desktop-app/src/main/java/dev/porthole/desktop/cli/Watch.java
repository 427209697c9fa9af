package dev.porthole.desktop.cli;

import dev.porthole.core.BlockedHost;
import dev.porthole.core.Link;
import dev.porthole.core.TunnelState;
import dev.porthole.core.TunnelState.Phase;
import dev.porthole.core.api.Tunnel;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Turns what is observed about a tunnel that was ready into news: lost, reconnecting, ready again. One thread. */
final class Watch {
    private final Tunnel tunnel;
    private final ShareReport report;
    private final InstantSource clock;
    private boolean linked = true;
    private Phase phase = Phase.READY;
    /** Whether the observed list has the tunnel: before that it may be one from before the share. */
    private boolean caughtUp;

    private @Nullable Instant troubleSince;
    private @Nullable BlockedHost blocked;

    /** Of one that was ready. */
    Watch(Tunnel tunnel, ShareReport report, InstantSource clock) {
        this(tunnel, report, clock, true);
    }

    /** {@code ready}: whether it was; otherwise the first thing that is told is that it is. */
    Watch(Tunnel tunnel, ShareReport report, InstantSource clock, boolean ready) {
        this.tunnel = tunnel;
        this.report = report;
        this.clock = clock;
        if (!ready) {
            phase = Phase.STARTING;
            troubled();
        }
    }

    void linkIs(Link link) {
        switch (link) {
            case Link.Reconnecting again -> {
                if (linked) {
                    linked = false;
                    report.tell(new ShareEvent.Reconnecting(again.reason(), again.nextAttempt()));
                    troubled();
                }
            }
            case Link.SignInNeeded needed -> {
                if (linked) {
                    linked = false;
                    report.tell(new ShareEvent.Lost(tunnel.id(), needed.reason() + " Run: porthole auth login"));
                    troubled();
                }
            }
            case Link.Connected _ -> {
                linked = true;
                settle();
            }
            case Link.Idle _, Link.Connecting _ -> {}
        }
    }

    /** Why it is over, if it is: another program turned the tunnel off or deleted it. */
    Optional<String> tunnelsAre(List<TunnelState> tunnels) {
        Optional<TunnelState> mine = tunnels.stream()
                .filter(state -> state.tunnel().id().equals(tunnel.id()))
                .findFirst();
        if (mine.isEmpty()) {
            return caughtUp ? Optional.of("the tunnel was deleted elsewhere.") : Optional.empty();
        }
        TunnelState state = mine.get();
        if (state.tunnel().version() < tunnel.version()) {
            return Optional.empty();
        }
        caughtUp = true;
        if (state.phase() == Phase.STOPPED) {
            return Optional.of("the tunnel was turned off elsewhere.");
        }
        phaseIs(state);
        blockedIs(state);
        return Optional.empty();
    }

    /** Each finding is told once; one that went and came back is news again only if it is another. */
    private void blockedIs(TunnelState state) {
        BlockedHost seen = state.blockedHost();
        if (seen != null && !seen.equals(blocked)) {
            blocked = seen;
            String advice = seen.advice(state.tunnel().hostHeader());
            report.tell(new ShareEvent.Blocked(tunnel.id(), seen.app(), seen.setting(), advice));
        }
    }

    private void phaseIs(TunnelState state) {
        Phase before = phase;
        phase = state.phase();
        switch (phase) {
            case ENDPOINT_DOWN, OFFLINE -> {
                // While the link is down the tunnel is offline too: that was said.
                if (linked && before != phase) {
                    report.tell(new ShareEvent.Lost(tunnel.id(), state.detail()));
                }
                troubled();
            }
            case READY -> settle();
            case STARTING, STOPPED -> {}
        }
    }

    private void troubled() {
        if (troubleSince == null) {
            troubleSince = clock.instant();
        }
    }

    private void settle() {
        if (troubleSince != null && linked && phase == Phase.READY) {
            report.tell(Listening.ready(tunnel, Duration.between(troubleSince, clock.instant())));
            troubleSince = null;
        }
    }
}
