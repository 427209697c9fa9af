package dev.porthole.desktop.connectors;

import dev.porthole.core.ConnectorInfo;
import dev.porthole.core.api.Connector;
import dev.porthole.core.api.Connector.Kind;
import dev.porthole.desktop.ui.Moments;
import dev.porthole.desktop.ui.PlainText;
import dev.porthole.desktop.ui.Texts;
import dev.porthole.desktop.ui.Tone;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import org.jspecify.annotations.Nullable;

/** A connector as its row shows it, with what a person has asked of it and not got yet. */
final class ConnectorItem {
    private final ReadOnlyObjectWrapper<Facts> facts;
    private final ReadOnlyObjectWrapper<Busy> busy = new ReadOnlyObjectWrapper<>(Busy.NO);
    private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");

    ConnectorItem(ConnectorInfo info, Map<String, String> tunnels) {
        this.facts = new ReadOnlyObjectWrapper<>(new Facts(info, tunnels));
    }

    /**
     * What is known of it.
     *
     * @param tunnels labels by id, of all tunnels of the project
     */
    record Facts(ConnectorInfo info, Map<String, String> tunnels) {}

    /** What is under way. */
    enum Busy {
        NO,
        LOADING,
        ROTATING,
        DELETING
    }

    String id() {
        return connector().id();
    }

    private ConnectorInfo info() {
        return facts.get().info();
    }

    private Connector connector() {
        return info().connector();
    }

    ReadOnlyObjectProperty<Facts> factsProperty() {
        return facts.getReadOnlyProperty();
    }

    /** What is under way; nothing else can be asked for meanwhile. */
    ReadOnlyObjectProperty<Busy> busyProperty() {
        return busy.getReadOnlyProperty();
    }

    /** Why the last thing asked of it did not work; empty when nothing is wrong. */
    ReadOnlyStringProperty problemProperty() {
        return problem.getReadOnlyProperty();
    }

    String name() {
        return PlainText.of(connector().name());
    }

    /** Whether it is a headless agent with a credential of its own. */
    boolean external() {
        return connector().kind() == Kind.external;
    }

    boolean here() {
        return info().here();
    }

    boolean online() {
        return connector().online();
    }

    /** What sort of connector it is. */
    String kind() {
        if (here()) {
            return Texts.text("connector.here");
        }
        return Texts.text(external() ? "connector.external" : "connector.managed");
    }

    Tone tone() {
        return online() ? Tone.GOOD : Tone.QUIET;
    }

    String word() {
        return Texts.text(online() ? "connector.online" : "connector.offline");
    }

    /** Since when, in which version, from where: what is known of it. */
    String details(Moments moments) {
        List<String> parts = new ArrayList<>();
        Instant since = info().onlineSince();
        Instant seen = connector().lastSeenAt();
        if (online()) {
            parts.add(since == null ? word() : Texts.text("connector.since", moments.of(since)));
        } else {
            parts.add(
                    seen == null ? Texts.text("connector.never") : Texts.text("connector.lastSeen", moments.of(seen)));
        }
        String version = connector().agentVersion();
        if (version != null) {
            parts.add(Texts.text("connector.version", PlainText.of(version)));
        }
        String address = info().address();
        if (address != null) {
            parts.add(Texts.text("connector.address", PlainText.of(address)));
        }
        return String.join(" · ", parts);
    }

    /** The tunnels that it carries, in words. */
    String carries() {
        List<String> labels = connector().tunnels().stream()
                .map(id -> facts.get().tunnels().getOrDefault(id, ""))
                .filter(label -> !label.isEmpty())
                .sorted(String.CASE_INSENSITIVE_ORDER)
                .toList();
        int others = connector().tunnels().size() - labels.size();
        if (labels.isEmpty()) {
            return others == 0 ? Texts.text("connector.carriesNothing") : Texts.text("connector.carriesSome", others);
        }
        return Texts.text("connector.carries", labels.size(), String.join(", ", labels));
    }

    void update(ConnectorInfo next, Map<String, String> tunnels) {
        facts.set(new Facts(next, tunnels));
    }

    void setBusy(Busy now) {
        busy.set(now);
    }

    void setProblem(@Nullable String words) {
        problem.set(words == null ? "" : PlainText.of(words));
    }
}
