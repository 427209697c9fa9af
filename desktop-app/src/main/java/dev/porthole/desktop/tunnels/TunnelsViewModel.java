package dev.porthole.desktop.tunnels;

import dev.porthole.core.Link;
import dev.porthole.core.Porthole;
import dev.porthole.core.PortholeException.Kind;
import dev.porthole.core.TunnelState;
import dev.porthole.core.TunnelState.Phase;
import dev.porthole.core.api.HostHeader;
import dev.porthole.core.observe.Subscription;
import dev.porthole.desktop.signin.SignInAgain;
import dev.porthole.desktop.ui.FxBindings;
import dev.porthole.desktop.ui.Outside;
import dev.porthole.desktop.ui.PlainText;
import dev.porthole.desktop.ui.Tasks;
import dev.porthole.desktop.ui.Texts;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/** The active project's tunnels, and what one can do with them. Belongs to the FX thread. */
public final class TunnelsViewModel {
    /** From this many tunnels on there is a search field. */
    static final int SEARCH_FROM = 6;

    private final Porthole porthole;
    private final Tasks tasks;
    private final Outside outside;
    private final SignInAgain signInAgain;
    private final FxBindings bindings;
    private final Map<String, TunnelItem> items = new LinkedHashMap<>();
    private final ObservableList<TunnelItem> shown = FXCollections.observableArrayList();
    private final StringProperty search = new SimpleStringProperty("");
    private final ReadOnlyBooleanWrapper searchable = new ReadOnlyBooleanWrapper();
    private final ReadOnlyObjectWrapper<Filling> filling = new ReadOnlyObjectWrapper<>(Filling.LOADING);
    private final ReadOnlyStringWrapper listProblem = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper linkProblem = new ReadOnlyStringWrapper("");
    private boolean loaded;

    public TunnelsViewModel(Porthole porthole, Tasks tasks, Outside outside, SignInAgain signInAgain) {
        this.porthole = porthole;
        this.tasks = tasks;
        this.outside = outside;
        this.signInAgain = signInAgain;
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
                bindings.follow(porthole.tunnels(), this::arrived), bindings.follow(porthole.link(), this::linked));
        load();
        return following;
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

    /** The switch: on, off, or calling off a start that is under way. */
    void toggle(TunnelItem item) {
        Tasks.Running starting = item.turningOn();
        if (starting != null) {
            starting.cancel();
        } else if (item.state().phase() == Phase.STOPPED) {
            turnOn(item);
        } else if (!item.busyProperty().get()) {
            attempt(item, () -> porthole.stop(item.id()), () -> toggle(item));
        }
    }

    /** Has the app see its own name, because it refuses the public one. */
    void useLocalhost(TunnelItem item) {
        attempt(item, () -> porthole.show(item.id(), HostHeader.localhost()), () -> useLocalhost(item));
    }

    /** Removes it for good; the view has asked before. */
    void delete(TunnelItem item) {
        attempt(item, () -> porthole.delete(item.id()), () -> delete(item));
    }

    void copy(TunnelItem item) {
        outside.copy(item.url());
    }

    void open(TunnelItem item) {
        if (!item.opensInBrowser()) {
            return;
        }
        String url = item.url();
        tasks.create(() -> outside.open(URI.create(url)))
                .onSuccess(opened -> item.setProblem(opened ? null : Texts.text("action.open.failed")))
                .onError(failure -> item.setProblem(Texts.text("action.open.failed")))
                .start();
    }

    private void turnOn(TunnelItem item) {
        item.setProblem(null);
        // The stages are the row's own state, which the event stream brings.
        item.turningOn(tasks.create(() -> porthole.enable(item.id(), progress -> {}))
                .onError(Kind.NOT_SIGNED_IN, failure -> {
                    item.setProblem(failure.getMessage());
                    signInAgain.then(() -> turnOn(item));
                })
                .onError(Kind.CANCELLED, failure -> {})
                .onError(failure -> item.setProblem(failure.getMessage()))
                .andFinally(() -> {
                    item.turningOn(null);
                    item.setBusy(false);
                })
                .start());
        item.setBusy(item.turningOn() != null);
    }

    private void attempt(TunnelItem item, Tasks.Action action, Runnable again) {
        item.setBusy(true);
        item.setProblem(null);
        tasks.create(action)
                .onError(Kind.NOT_SIGNED_IN, failure -> {
                    item.setProblem(failure.getMessage());
                    signInAgain.then(again);
                })
                .onError(failure -> item.setProblem(failure.getMessage()))
                .andFinally(() -> item.setBusy(false))
                .start();
    }

    private void arrived(List<TunnelState> states) {
        items.keySet()
                .retainAll(states.stream().map(state -> state.tunnel().id()).toList());
        for (TunnelState state : states) {
            items.computeIfAbsent(state.tunnel().id(), id -> new TunnelItem(state))
                    .update(state);
        }
        searchable.set(items.size() >= SEARCH_FROM);
        if (!searchable.get()) {
            search.set("");
        }
        filter();
    }

    private void filter() {
        List<TunnelItem> matching = items.values().stream()
                .filter(item -> item.matches(search.get()))
                .toList();
        if (!matching.equals(shown)) {
            shown.setAll(matching);
        }
        filling.set(whatToShow());
    }

    private Filling whatToShow() {
        if (!shown.isEmpty()) {
            return Filling.TUNNELS;
        }
        if (!items.isEmpty()) {
            return Filling.NONE_FOUND;
        }
        if (!listProblem.get().isEmpty()) {
            return Filling.FAILED;
        }
        return loaded ? Filling.EMPTY : Filling.LOADING;
    }

    private void linked(Link link) {
        linkProblem.set(link instanceof Link.Reconnecting(String reason, var _) ? PlainText.of(reason) : "");
    }
}
