package dev.porthole.desktop.tunnels;

import dev.porthole.core.Link;
import dev.porthole.core.OwnUrl;
import dev.porthole.core.Porthole;
import dev.porthole.core.SignIn;
import dev.porthole.core.TunnelState;
import dev.porthole.core.api.Endpoint;
import dev.porthole.core.observe.Subscription;
import dev.porthole.desktop.signin.SignInAgain;
import dev.porthole.desktop.ui.FxBindings;
import dev.porthole.desktop.ui.Outside;
import dev.porthole.desktop.ui.PlainText;
import dev.porthole.desktop.ui.Tasks;
import dev.porthole.desktop.ui.Undo;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javafx.beans.binding.Bindings;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.beans.value.ObservableValue;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.collections.ObservableMap;

/** The active project's tunnels, and what one can do with them. Belongs to the FX thread. */
public final class TunnelsViewModel {
    /** From this many tunnels on there is a search field. */
    static final int SEARCH_FROM = 6;

    private final Porthole porthole;
    private final Tasks tasks;
    private final SignInAgain signInAgain;
    private final TunnelActions actions;
    private final FxBindings bindings;
    private final ObservableMap<String, TunnelItem> items = FXCollections.observableMap(new LinkedHashMap<>());
    private final ObservableList<TunnelItem> shown = FXCollections.observableArrayList();
    private final StringProperty search = new SimpleStringProperty("");
    private final ReadOnlyBooleanWrapper searchable = new ReadOnlyBooleanWrapper();
    private final ReadOnlyObjectWrapper<Filling> filling = new ReadOnlyObjectWrapper<>(Filling.LOADING);
    private final ReadOnlyStringWrapper listProblem = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper linkProblem = new ReadOnlyStringWrapper("");
    private final ReadOnlyObjectWrapper<Link> link = new ReadOnlyObjectWrapper<>(new Link.Idle());
    private Map<Endpoint, OwnUrl> ownUrls = Map.of();
    private boolean loaded;

    public TunnelsViewModel(Porthole porthole, Tasks tasks, Outside outside, Undo undo, SignInAgain signInAgain) {
        this.porthole = porthole;
        this.tasks = tasks;
        this.signInAgain = signInAgain;
        this.actions = new TunnelActions(porthole, tasks, outside, undo, signInAgain);
        this.bindings = new FxBindings(tasks.screen());
        search.subscribe(this::filter);
    }

    /** What the list has to show. */
    enum Filling {
        LOADING,
        FAILED,
        EMPTY,
        NONE_FOUND,
        TUNNELS
    }

    /** Follows the tunnels and the connection; as long as the screen is shown. */
    public Subscription follow() {
        Subscription following = FxBindings.all(
                bindings.follow(porthole.ownUrls(), this::owned),
                bindings.follow(porthole.tunnels(), this::arrived),
                bindings.follow(porthole.activeProject(), active -> filter()),
                bindings.follow(porthole.link(), this::linked));
        load();
        return following;
    }

    /** Follows what passes through one tunnel; as long as its row or page is shown. */
    Subscription watch(TunnelItem item) {
        return bindings.follow(porthole.traffic(item.id()), item::passed);
    }

    /** What one can do with a tunnel. */
    TunnelActions actions() {
        return actions;
    }

    /** The settings of a tunnel, as they are now. */
    TunnelSettingsViewModel settings(TunnelItem item) {
        return new TunnelSettingsViewModel(porthole, tasks, signInAgain, item);
    }

    /** The tunnel with this id; null while there is none. */
    ObservableValue<TunnelItem> item(String id) {
        return Bindings.valueAt(items, id);
    }

    /** How this computer is connected. */
    ReadOnlyObjectProperty<Link> linkProperty() {
        return link.getReadOnlyProperty();
    }

    /** Whether the server is this computer's own, whose names other devices do not reach. */
    boolean isEmbedded() {
        return porthole.signIn().get() instanceof SignIn.SignedIn signedIn && signedIn.embedded();
    }

    /** What is searched for: in label, address and endpoint. */
    public StringProperty searchProperty() {
        return search;
    }

    /** Whether there are enough tunnels to search in. */
    public ReadOnlyBooleanProperty searchableProperty() {
        return searchable.getReadOnlyProperty();
    }

    /** What the list has to show. */
    ReadOnlyObjectProperty<Filling> fillingProperty() {
        return filling.getReadOnlyProperty();
    }

    /** Why there is no list; empty when nothing is wrong. */
    ReadOnlyStringProperty listProblemProperty() {
        return listProblem.getReadOnlyProperty();
    }

    /** Asks the server once, so that "no tunnels" is known and not guessed; after that, events keep the list. */
    void load() {
        listProblem.set("");
        tasks.create(porthole::listTunnels)
                .onSuccess(states -> {
                    loaded = true;
                    arrived(states);
                })
                .onError(failure -> {
                    listProblem.set(PlainText.of(String.valueOf(failure.getMessage())));
                    filter();
                })
                .start();
        filter();
    }

    /** Why the server can't be reached, in words; empty when it can. */
    public ReadOnlyStringProperty linkProblemProperty() {
        return linkProblem.getReadOnlyProperty();
    }

    ObservableList<TunnelItem> shown() {
        return shown;
    }

    private void owned(Map<Endpoint, OwnUrl> now) {
        ownUrls = now;
        items.values().forEach(this::tellOwnUrl);
        filter();
    }

    private void tellOwnUrl(TunnelItem item) {
        item.has(Optional.ofNullable(ownUrls.get(item.state().tunnel().endpoint())));
    }

    private void arrived(List<TunnelState> states) {
        Set<String> there = new HashSet<>();
        states.forEach(state -> there.add(state.tunnel().id()));
        items.keySet().retainAll(there);
        for (TunnelState state : states) {
            TunnelItem item = items.get(state.tunnel().id());
            if (item == null) {
                item = new TunnelItem(state);
                tellOwnUrl(item);
                items.put(item.id(), item);
            } else {
                item.update(state);
                tellOwnUrl(item);
            }
        }
        searchable.set(items.size() >= SEARCH_FROM);
        if (!searchable.get()) {
            search.set("");
        }
        filter();
    }

    private void filter() {
        // What runs of other projects is shown below the list, as theirs; its page can be opened all the same.
        show(items.values().stream()
                .filter(this::ofActiveProject)
                .filter(item -> item.matches(search.get()))
                .toList());
        filling.set(whatToShow());
    }

    private boolean ofActiveProject(TunnelItem item) {
        return porthole.activeProject()
                .get()
                .filter(project -> project.id().equals(item.state().tunnel().project()))
                .isPresent();
    }

    /** Takes away and puts in what differs, so that the rows that stay keep the focus and the selection. */
    private void show(List<TunnelItem> matching) {
        Set<TunnelItem> wanted = new HashSet<>(matching);
        shown.removeIf(item -> !wanted.contains(item));
        for (int at = 0; at < matching.size(); at++) {
            if (at >= shown.size() || !shown.get(at).equals(matching.get(at))) {
                shown.remove(matching.get(at));
                shown.add(at, matching.get(at));
            }
        }
    }

    private Filling whatToShow() {
        if (!shown.isEmpty()) {
            return Filling.TUNNELS;
        }
        if (items.values().stream().anyMatch(this::ofActiveProject)) {
            return Filling.NONE_FOUND;
        }
        if (!listProblem.get().isEmpty()) {
            return Filling.FAILED;
        }
        return loaded ? Filling.EMPTY : Filling.LOADING;
    }

    private void linked(Link now) {
        link.set(now);
        linkProblem.set(now instanceof Link.Reconnecting(String reason, var _) ? PlainText.of(reason) : "");
    }
}
