package dev.porthole.desktop.share;

import dev.porthole.core.OwnUrl;
import dev.porthole.core.Porthole;
import dev.porthole.core.TunnelState;
import dev.porthole.core.api.Endpoint;
import dev.porthole.core.discovery.ListeningPort;
import dev.porthole.core.observe.Subscription;
import dev.porthole.desktop.ui.PlainText;
import dev.porthole.desktop.ui.Tasks;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/**
 * What listens on this computer, as its rows show it: joined with what is shared of it, and in the order of the list.
 * Looks only while it is watched. Belongs to the FX thread.
 */
final class LocalPorts {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(1500);

    private final Porthole porthole;
    private final Tasks tasks;
    private final InstantSource clock;
    private final BooleanProperty hideSystem = new SimpleBooleanProperty(true);
    private final ObservableList<PortItem> items = FXCollections.observableArrayList();
    private final ReadOnlyBooleanWrapper looked = new ReadOnlyBooleanWrapper();
    private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");
    /** What listened last on ports that are shared, for when it is gone. */
    private final Map<Integer, ListeningPort> lastSeen = new HashMap<>();

    private List<ListeningPort> found = List.of();
    private List<TunnelState> tunnels = List.of();
    private Map<Endpoint, OwnUrl> ownUrls = Map.of();
    private boolean known;

    LocalPorts(Porthole porthole, Tasks tasks, InstantSource clock) {
        this.porthole = porthole;
        this.tasks = tasks;
        this.clock = clock;
        hideSystem.subscribe(this::arrange);
    }

    ObservableList<PortItem> items() {
        return items;
    }

    /** Whether services of the system are folded away. */
    BooleanProperty hideSystemProperty() {
        return hideSystem;
    }

    /** Whether there has been a first look. */
    ReadOnlyBooleanProperty lookedProperty() {
        return looked.getReadOnlyProperty();
    }

    /** Why the programs can't be listed; empty when they can. */
    ReadOnlyStringProperty problemProperty() {
        return problem.getReadOnlyProperty();
    }

    /** What is shared, for the marks. */
    void tunnelsAre(List<TunnelState> now) {
        tunnels = now;
        arrange();
    }

    /** What has a public address by other means. */
    void ownUrlsAre(Map<Endpoint, OwnUrl> now) {
        ownUrls = now;
        arrange();
    }

    /** Looks now and every second and a half until it is closed. */
    Subscription watch() {
        Watch watch = new Watch();
        watch.look();
        return watch;
    }

    private void remember(List<ListeningPort> list) {
        lastSeen.keySet()
                .removeIf(port -> tunnels.stream()
                        .noneMatch(state -> state.tunnel().endpoint().port() == port));
        for (ListeningPort port : list) {
            lastSeen.put(port.port(), port);
        }
    }

    private void arrange() {
        // What is shared and gone stands first: it needs a look, and where it will be once it is back and the newest.
        // Several tunnels may share one port, by other schemes or in other projects: it has one row all the same.
        Set<Integer> absent = new HashSet<>();
        Stream<PortItem> gone = tunnels.stream()
                .filter(state -> known && PortItem.sharesAPort(state))
                .filter(state -> found.stream()
                        .noneMatch(
                                port -> port.port() == state.tunnel().endpoint().port()))
                .filter(state -> absent.add(state.tunnel().endpoint().port()))
                .map(state -> PortItem.gone(
                        state, lastSeen.get(state.tunnel().endpoint().port())));
        Stream<PortItem> here = found.stream()
                .filter(port -> !(hideSystem.get() && port.system()))
                .map(port -> PortItem.of(port, tunnels, clock.instant()));
        List<PortItem> arranged = Stream.concat(gone, here)
                .map(item -> item.at(Optional.ofNullable(ownUrls.get(item.endpoint()))))
                .toList();
        if (!arranged.equals(items)) {
            items.setAll(arranged);
        }
    }

    /** Looks, waits, looks again; each look and each wait can be ended. */
    private final class Watch implements Subscription {
        private boolean closed;
        private Tasks.@Nullable Running look;
        private Subscription wait = () -> {};

        void look() {
            look = tasks.create(porthole::listeningPorts)
                    .onSuccess(list -> {
                        found = list;
                        known = true;
                        remember(list);
                        problem.set("");
                        arrange();
                    })
                    .onError(failure -> problem.set(PlainText.of(String.valueOf(failure.getMessage()))))
                    .andFinally(this::looked)
                    .start();
        }

        private void looked() {
            looked.set(true);
            if (!closed) {
                wait = tasks.after(BETWEEN_LOOKS, this::lookAgain);
            }
        }

        private void lookAgain() {
            if (!closed) {
                look();
            }
        }

        @Override
        public void close() {
            closed = true;
            if (look != null) {
                look.cancel();
            }
            wait.close();
        }
    }
}
