package dev.porthole.desktop.tunnels;

import dev.porthole.core.BlockedHost;
import dev.porthole.core.OwnUrl;
import dev.porthole.core.ShareProgress;
import dev.porthole.core.ShareProgress.Stage;
import dev.porthole.core.TunnelState;
import dev.porthole.core.TunnelState.Phase;
import dev.porthole.core.api.HostHeader;
import dev.porthole.core.traffic.Traffic;
import dev.porthole.desktop.ui.PlainText;
import dev.porthole.desktop.ui.Tasks;
import dev.porthole.desktop.ui.Texts;
import dev.porthole.desktop.ui.Tone;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import org.jspecify.annotations.Nullable;

/** A tunnel as its row shows it, with what a person has asked of it and not got yet. */
final class TunnelItem {
    private final String id;
    private final ReadOnlyObjectWrapper<TunnelState> state;
    private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper();
    private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");
    private final ReadOnlyObjectWrapper<Traffic> traffic = new ReadOnlyObjectWrapper<>(Traffic.none(Instant.EPOCH));
    private final ReadOnlyObjectWrapper<Optional<OwnUrl>> ownUrl = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final BooleanProperty expanded = new SimpleBooleanProperty();
    private final Map<Stage, ShareProgress> stages = new EnumMap<>(Stage.class);
    private final ReadOnlyIntegerWrapper newsOfStages = new ReadOnlyIntegerWrapper();
    private @Nullable String command;
    private Tasks.@Nullable Running turningOn;

    TunnelItem(TunnelState first) {
        this.id = first.tunnel().id();
        this.state = new ReadOnlyObjectWrapper<>(first);
    }

    String id() {
        return id;
    }

    TunnelState state() {
        return state.get();
    }

    ReadOnlyObjectProperty<TunnelState> stateProperty() {
        return state.getReadOnlyProperty();
    }

    /** Whether turning it on or off is under way. */
    ReadOnlyBooleanProperty busyProperty() {
        return busy.getReadOnlyProperty();
    }

    /** Why the last thing asked of it did not work; empty when nothing is wrong. */
    ReadOnlyStringProperty problemProperty() {
        return problem.getReadOnlyProperty();
    }

    /** What passes through it, as of the last look. */
    ReadOnlyObjectProperty<Traffic> trafficProperty() {
        return traffic.getReadOnlyProperty();
    }

    /** The public address that its endpoint has by other means. */
    ReadOnlyObjectProperty<Optional<OwnUrl>> ownUrlProperty() {
        return ownUrl.getReadOnlyProperty();
    }

    /** Whether its row shows the stages. */
    BooleanProperty expandedProperty() {
        return expanded;
    }

    /** Changes with each news of a stage. */
    ReadOnlyIntegerProperty newsOfStagesProperty() {
        return newsOfStages.getReadOnlyProperty();
    }

    /** The news of a stage, if the tunnel was turned on from here. */
    @Nullable
    ShareProgress news(Stage stage) {
        return stages.get(stage);
    }

    /** With what its app was started when it was last seen; null if it was not. */
    @Nullable
    String command() {
        return command;
    }

    String label() {
        return PlainText.of(state().tunnel().label());
    }

    /** Whether its address is one for browsers. */
    boolean opensInBrowser() {
        return url().startsWith("http");
    }

    /** Where it is reached: by its owner's own means, or through Porthole. */
    String url() {
        return ownUrl.get()
                .map(own -> own.url().toString())
                .orElseGet(() -> state().tunnel().url());
    }

    String endpoint() {
        return state().tunnel().endpoint().shown();
    }

    /** Whether the switch stands at on. */
    boolean on() {
        return turningOn != null || state().phase() != Phase.STOPPED;
    }

    Tone tone() {
        return switch (state().phase()) {
            case STOPPED -> busy.get() ? Tone.WAITING : Tone.QUIET;
            case STARTING -> Tone.WAITING;
            case READY -> Tone.GOOD;
            case ENDPOINT_DOWN, OFFLINE -> Tone.BAD;
        };
    }

    String word() {
        return switch (state().phase()) {
            case STOPPED ->
                ownUrl.get().isPresent() && turningOn == null
                        ? Texts.text("tunnel.ownUrl")
                        : Texts.text(turningOn == null ? "tunnel.off" : "tunnel.starting");
            case STARTING -> Texts.text("tunnel.starting");
            case READY -> Texts.text("tunnel.ready");
            case ENDPOINT_DOWN -> Texts.text(isFolder() ? "tunnel.folderGone" : "tunnel.endpointDown");
            case OFFLINE -> Texts.text("tunnel.offline");
        };
    }

    /** A sentence when something is wrong or waits; otherwise empty. */
    String note() {
        if (!problem.get().isEmpty()) {
            return problem.get();
        }
        String detail = PlainText.of(state().detail());
        return switch (state().phase()) {
            case STOPPED -> "";
            case READY -> blocked();
            case STARTING -> detail;
            case ENDPOINT_DOWN -> detail.isEmpty() ? endpointDown() : detail;
            case OFFLINE -> detail.isEmpty() ? Texts.text("tunnel.offline.text") : detail;
        };
    }

    /** Whether the app refuses the public name and would take its own. */
    boolean canUseLocalhost() {
        return state().phase() == Phase.READY
                && state().blockedHost() != null
                && state().tunnel().hostHeader() instanceof HostHeader.Visitor;
    }

    private String blocked() {
        BlockedHost seen = state().blockedHost();
        if (seen == null) {
            return "";
        }
        String key = canUseLocalhost() ? "tunnel.blockedHost" : "tunnel.blockedHost.setting";
        return Texts.text(key, PlainText.of(seen.app()), PlainText.of(seen.setting()));
    }

    private String endpointDown() {
        return Texts.text(isFolder() ? "tunnel.folderGone.text" : "tunnel.endpointDown.text", PlainText.of(endpoint()));
    }

    private boolean isFolder() {
        return state().tunnel().endpoint().isFolder();
    }

    boolean matches(String search) {
        String words = label() + " " + url() + " " + state().tunnel().endpoint();
        return words.toLowerCase(Locale.ROOT).contains(search.strip().toLowerCase(Locale.ROOT));
    }

    void update(TunnelState next) {
        // Equal news are no news: nothing is drawn anew.
        if (!next.equals(state.get())) {
            state.set(next);
        }
    }

    void passed(Traffic now) {
        traffic.set(now);
    }

    void has(Optional<OwnUrl> own) {
        if (!own.equals(ownUrl.get())) {
            ownUrl.set(own);
        }
    }

    /** It begins anew: what was said of its stages counts no more. */
    void begins() {
        stages.clear();
    }

    void reached(ShareProgress progress) {
        stages.put(progress.stage(), progress);
        newsOfStages.set(newsOfStages.get() + 1);
    }

    void startedBy(String seen) {
        command = seen;
    }

    void turningOn(Tasks.@Nullable Running running) {
        turningOn = running;
    }

    Tasks.@Nullable Running turningOn() {
        return turningOn;
    }

    void setBusy(boolean isBusy) {
        busy.set(isBusy);
    }

    void setProblem(@Nullable String words) {
        problem.set(words == null ? "" : PlainText.of(words));
    }
}
