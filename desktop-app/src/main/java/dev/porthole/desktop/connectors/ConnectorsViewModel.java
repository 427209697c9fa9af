package dev.porthole.desktop.connectors;

import dev.porthole.core.ConnectorInfo;
import dev.porthole.core.Porthole;
import dev.porthole.core.PortholeException;
import dev.porthole.core.PortholeException.Kind;
import dev.porthole.core.TunnelState;
import dev.porthole.core.api.ConnectorConnection;
import dev.porthole.core.observe.Subscription;
import dev.porthole.desktop.connectors.ConnectorItem.Busy;
import dev.porthole.desktop.signin.SignInAgain;
import dev.porthole.desktop.ui.FxBindings;
import dev.porthole.desktop.ui.Moments;
import dev.porthole.desktop.ui.Outside;
import dev.porthole.desktop.ui.PlainText;
import dev.porthole.desktop.ui.Tasks;
import dev.porthole.desktop.ui.Texts;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/** The active project's connectors, and what one can do with the external ones. Belongs to the FX thread. */
public final class ConnectorsViewModel {
    private final Porthole porthole;
    private final Tasks tasks;
    private final Outside outside;
    private final Moments moments;
    private final SignInAgain signInAgain;
    private final FxBindings bindings;
    private final Map<String, ConnectorItem> items = new LinkedHashMap<>();
    private final ObservableList<ConnectorItem> shown = FXCollections.observableArrayList();
    private final ReadOnlyObjectWrapper<Filling> filling = new ReadOnlyObjectWrapper<>(Filling.LOADING);
    private final ReadOnlyStringWrapper listProblem = new ReadOnlyStringWrapper("");
    private final ReadOnlyObjectWrapper<Optional<ConnectorConnection>> connection =
            new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyBooleanWrapper creating = new ReadOnlyBooleanWrapper();
    private final ReadOnlyStringWrapper createProblem = new ReadOnlyStringWrapper("");
    private List<ConnectorInfo> found = List.of();
    private Map<String, String> tunnels = Map.of();
    private boolean loading;
    private boolean stale;

    public ConnectorsViewModel(
            Porthole porthole, Tasks tasks, Outside outside, Moments moments, SignInAgain signInAgain) {
        this.porthole = porthole;
        this.tasks = tasks;
        this.outside = outside;
        this.moments = moments;
        this.signInAgain = signInAgain;
        this.bindings = new FxBindings(tasks.screen());
    }

    /** What the list has to show. */
    enum Filling {
        LOADING,
        FAILED,
        EMPTY,
        CONNECTORS
    }

    /** Follows the project; as long as the screen is shown. */
    public Subscription follow() {
        return FxBindings.all(
                bindings.follow(porthole.tunnels(), this::tunnelsAre), bindings.follow(porthole.news(), any -> load()));
    }

    /** This device first, then by name. */
    ObservableList<ConnectorItem> shown() {
        return shown;
    }

    ReadOnlyObjectProperty<Filling> fillingProperty() {
        return filling.getReadOnlyProperty();
    }

    /** Why there is no list; empty when nothing is wrong. */
    ReadOnlyStringProperty listProblemProperty() {
        return listProblem.getReadOnlyProperty();
    }

    /** What the dialog shows of how to connect; empty while it is not wanted. */
    ReadOnlyObjectProperty<Optional<ConnectorConnection>> connectionProperty() {
        return connection.getReadOnlyProperty();
    }

    /** Whether a connector is being made. */
    ReadOnlyBooleanProperty creatingProperty() {
        return creating.getReadOnlyProperty();
    }

    /** Why it could not be made; empty when nothing is wrong. */
    ReadOnlyStringProperty createProblemProperty() {
        return createProblem.getReadOnlyProperty();
    }

    Moments moments() {
        return moments;
    }

    /** Reads the list; what is heard meanwhile has it read once more. */
    void load() {
        if (loading) {
            stale = true;
            return;
        }
        loading = true;
        stale = false;
        tasks.create(() -> porthole.connectors().list())
                .onSuccess(this::arrived)
                .onError(Kind.NOT_SIGNED_IN, failure -> {
                    failed(failure);
                    signInAgain.then(this::load);
                })
                .onError(this::failed)
                .andFinally(() -> {
                    loading = false;
                    if (stale) {
                        load();
                    }
                })
                .start();
    }

    /** Makes an external connector; {@code made} runs when it worked, before its connection is shown. */
    void create(String name, Runnable made) {
        if (name.isBlank()) {
            createProblem.set(Texts.text("connector.new.missing"));
            return;
        }
        creating.set(true);
        createProblem.set("");
        tasks.create(() -> porthole.connectors().create(name.strip()))
                .onSuccess(answer -> {
                    made.run();
                    connection.set(Optional.of(answer));
                    load();
                })
                .onError(Kind.NOT_SIGNED_IN, failure -> {
                    createProblem.set(said(failure));
                    signInAgain.then(() -> create(name, made));
                })
                .onError(failure -> createProblem.set(said(failure)))
                .andFinally(() -> creating.set(false))
                .start();
    }

    /** Forgets why the last one could not be made. */
    void createAnew() {
        createProblem.set("");
    }

    /** Shows how its agent connects. */
    void showConnection(ConnectorItem item) {
        attempt(
                item,
                Busy.LOADING,
                () -> porthole.connectors().connection(item.id()),
                answer -> connection.set(Optional.of(answer)),
                () -> showConnection(item));
    }

    /** Ends its credential and shows the fresh one; the view has asked before. */
    void rotate(ConnectorItem item) {
        attempt(
                item,
                Busy.ROTATING,
                () -> porthole.connectors().rotate(item.id()),
                answer -> {
                    connection.set(Optional.of(answer));
                    load();
                },
                () -> rotate(item));
    }

    /** Removes it for good; the view has asked before. */
    void delete(ConnectorItem item) {
        attempt(
                item,
                Busy.DELETING,
                () -> {
                    porthole.connectors().delete(item.id());
                    return item.id();
                },
                gone -> load(),
                () -> delete(item));
    }

    void copy(String text) {
        outside.copy(text);
    }

    /** The dialog was closed: a credential that it showed is forgotten. */
    void closeConnection() {
        connection.set(Optional.empty());
    }

    private <T> void attempt(
            ConnectorItem item, Busy what, Callable<T> work, Consumer<? super T> done, Runnable again) {
        if (item.busyProperty().get() != Busy.NO) {
            return;
        }
        item.setBusy(what);
        item.setProblem(null);
        tasks.<T>create(work)
                .onSuccess(done)
                .onError(Kind.NOT_SIGNED_IN, failure -> {
                    item.setProblem(failure.getMessage());
                    signInAgain.then(again);
                })
                .onError(failure -> item.setProblem(failure.getMessage()))
                .andFinally(() -> item.setBusy(Busy.NO))
                .start();
    }

    private void arrived(List<ConnectorInfo> list) {
        listProblem.set("");
        found = list;
        arrange();
        filling.set(list.isEmpty() ? Filling.EMPTY : Filling.CONNECTORS);
    }

    /** A list that is there stays: what is known is better than an empty screen. */
    private void failed(PortholeException failure) {
        listProblem.set(said(failure));
        filling.set(shown.isEmpty() ? Filling.FAILED : Filling.CONNECTORS);
    }

    private void tunnelsAre(List<TunnelState> states) {
        Map<String, String> labels = states.stream()
                .collect(Collectors.toMap(
                        state -> state.tunnel().id(),
                        state -> PlainText.of(state.tunnel().label()),
                        (one, two) -> one));
        if (!labels.equals(tunnels)) {
            tunnels = labels;
            arrange();
        }
    }

    private void arrange() {
        items.keySet()
                .retainAll(found.stream().map(info -> info.connector().id()).toList());
        for (ConnectorInfo info : found) {
            items.computeIfAbsent(info.connector().id(), id -> new ConnectorItem(info, tunnels))
                    .update(info, tunnels);
        }
        List<ConnectorItem> inOrder =
                found.stream().map(info -> items.get(info.connector().id())).toList();
        if (!inOrder.equals(shown)) {
            shown.setAll(inOrder);
        }
    }

    private static String said(PortholeException failure) {
        return PlainText.of(String.valueOf(failure.getMessage()));
    }
}
