package dev.porthole.desktop.tunnels;

import dev.porthole.core.Link;
import dev.porthole.core.ShareProgress;
import dev.porthole.core.ShareProgress.Stage;
import dev.porthole.core.TunnelState;
import dev.porthole.core.TunnelState.Phase;
import dev.porthole.core.api.Condition;
import dev.porthole.core.api.HostHeader;
import dev.porthole.core.api.Tunnel;
import dev.porthole.desktop.ui.Amounts;
import dev.porthole.desktop.ui.PlainText;
import dev.porthole.desktop.ui.Spans;
import dev.porthole.desktop.ui.StageWords;
import dev.porthole.desktop.ui.Texts;
import dev.porthole.desktop.ui.Tone;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One step between an endpoint and its public address, as it stands: what, why, and what can be done.
 *
 * @param tone good when it is done, quiet when it has not begun
 * @param words what it is
 * @param why it waits or failed; empty when there is nothing to say
 * @param time it took, or since when it holds; empty when unknown
 * @param repairs the best first; empty when nothing is to be done
 */
record TunnelStage(Stage stage, Tone tone, String words, String why, String time, List<Repair> repairs) {
    /** All of them, in their order. */
    static List<TunnelStage> of(TunnelItem item, Link link, Instant now) {
        TunnelState state = item.state();
        Stage reached = reached(item, link);
        List<TunnelStage> stages = new ArrayList<>();
        for (Stage stage : Stage.values()) {
            int order = reached == null ? -1 : stage.compareTo(reached);
            boolean done = reached == null ? state.phase() == Phase.READY : order < 0;
            Tone tone = done ? Tone.GOOD : order == 0 ? toneOf(state, link) : Tone.QUIET;
            boolean stuck = !done && order == 0;
            boolean refusing = stage == Stage.ANSWERING && done && state.blockedHost() != null;
            stages.add(new TunnelStage(
                    stage,
                    refusing ? Tone.WAITING : tone,
                    StageWords.of(stage, done, state.tunnel().endpoint()),
                    stuck || refusing ? item.note() : "",
                    done ? time(item, stage, now) : "",
                    stuck ? repairs(item, stage, link) : refusing ? hostHeader(item) : List.of()));
        }
        return stages;
    }

    /** The stage that waits or failed, if one does. */
    static Optional<TunnelStage> stuck(TunnelItem item, Link link, Instant now) {
        return of(item, link, now).stream()
                .filter(stage -> !stage.repairs().isEmpty())
                .findFirst();
    }

    /** Where it stands; null when it is off, or past them all. */
    private static @Nullable Stage reached(TunnelItem item, Link link) {
        TunnelState state = item.state();
        return switch (state.phase()) {
            case STOPPED -> item.turningOn() == null ? null : Stage.ACCEPTED;
            case READY -> null;
            case ENDPOINT_DOWN -> Stage.ENDPOINT;
            case OFFLINE -> Stage.CONNECTED;
            case STARTING -> starting(item, link);
        };
    }

    private static Stage starting(TunnelItem item, Link link) {
        Tunnel tunnel = item.state().tunnel();
        if (tunnel.condition(Condition.Type.Programmed).filter(Condition::holds).isPresent()) {
            return Stage.ANSWERING;
        }
        for (Stage stage : Stage.values()) {
            ShareProgress news = item.news(stage);
            if (news != null && news.state() != ShareProgress.State.DONE) {
                return stage;
            }
        }
        return link instanceof Link.Connected ? Stage.ROUTED : Stage.CONNECTED;
    }

    private static Tone toneOf(TunnelState state, Link link) {
        return switch (state.phase()) {
            case ENDPOINT_DOWN -> Tone.BAD;
            case OFFLINE -> link instanceof Link.Reconnecting && state.here() ? Tone.WAITING : Tone.BAD;
            case STOPPED, STARTING, READY -> Tone.WAITING;
        };
    }

    private static String time(TunnelItem item, Stage stage, Instant now) {
        ShareProgress news = item.news(stage);
        if (news != null && news.state() == ShareProgress.State.DONE) {
            return Spans.precise(news.elapsed());
        }
        Condition.Type type = switch (stage) {
            case ACCEPTED, CONNECTED -> Condition.Type.Accepted;
            case ROUTED -> Condition.Type.Programmed;
            case ENDPOINT, ANSWERING -> Condition.Type.Ready;
        };
        return item.state()
                .tunnel()
                .condition(type)
                .map(fact -> Texts.text("stage.since", Amounts.clock(fact.since(), now)))
                .orElse("");
    }

    private static List<Repair> repairs(TunnelItem item, Stage stage, Link link) {
        return switch (stage) {
            case CONNECTED -> link instanceof Link.SignInNeeded ? List.of(Repair.SIGN_IN) : List.of(Repair.TRY_AGAIN);
            case ENDPOINT ->
                item.command() == null
                        ? List.of(Repair.TRY_AGAIN, Repair.CHANGE_ENDPOINT)
                        : List.of(Repair.TRY_AGAIN, Repair.START_APP, Repair.CHANGE_ENDPOINT);
            case ANSWERING -> List.of(Repair.TRY_AGAIN, Repair.CHANGE_HOST_HEADER);
            case ACCEPTED, ROUTED -> item.turningOn() == null ? List.of(Repair.TRY_AGAIN) : List.of();
        };
    }

    private static List<Repair> hostHeader(TunnelItem item) {
        return item.state().tunnel().hostHeader() instanceof HostHeader.Visitor
                ? List.of(Repair.SHOW_LOCALHOST, Repair.CHANGE_HOST_HEADER)
                : List.of(Repair.CHANGE_HOST_HEADER);
    }

    /** What a screen reader says. */
    String spoken() {
        String said = PlainText.of(words);
        return why.isEmpty() ? said : said + ": " + why;
    }
}
