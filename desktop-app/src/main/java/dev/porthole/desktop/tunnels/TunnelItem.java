package dev.porthole.desktop.tunnels;

import dev.porthole.core.BlockedHost;
import dev.porthole.core.TunnelState;
import dev.porthole.core.TunnelState.Phase;
import dev.porthole.core.api.HostHeader;
import dev.porthole.desktop.ui.PlainText;
import dev.porthole.desktop.ui.Tasks;
import dev.porthole.desktop.ui.Texts;
import dev.porthole.desktop.ui.Tone;
import java.util.Locale;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import org.jspecify.annotations.Nullable;

/** A tunnel as its row shows it, with what a person has asked of it and not got yet. */
final class TunnelItem {
    private final String id;
    private final ReadOnlyObjectWrapper<TunnelState> state;
    private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper();
    private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");
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

    String label() {
        return PlainText.of(state().tunnel().label());
    }

    /** Whether its address is one for browsers. */
    boolean opensInBrowser() {
        return url().startsWith("http");
    }

    String url() {
        return state().tunnel().url();
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
            case STOPPED -> Texts.text(turningOn == null ? "tunnel.off" : "tunnel.starting");
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
        state.set(next);
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
