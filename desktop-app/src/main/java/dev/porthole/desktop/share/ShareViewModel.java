package dev.porthole.desktop.share;

import dev.porthole.core.Porthole;
import dev.porthole.core.Porthole.ShareRequest;
import dev.porthole.core.TunnelState;
import dev.porthole.core.api.Endpoint;
import dev.porthole.core.api.HostHeader;
import dev.porthole.core.api.InvalidEndpointException;
import dev.porthole.core.discovery.ListeningPort;
import dev.porthole.core.observe.Subscription;
import dev.porthole.desktop.signin.SignInAgain;
import dev.porthole.desktop.ui.FxBindings;
import dev.porthole.desktop.ui.Outside;
import dev.porthole.desktop.ui.PlainText;
import dev.porthole.desktop.ui.Tasks;
import dev.porthole.desktop.ui.Texts;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/** What listens on this computer, and sharing it. Belongs to the FX thread. */
public final class ShareViewModel {
    /** One label of an address, as RFC 1035 section 2.3.1 and RFC 1123 have it. */
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(1500);

    private final Porthole porthole;
    private final Tasks tasks;
    private final Outside outside;
    private final InstantSource clock;
    private final SignInAgain signInAgain;
    private final FxBindings bindings;

    private final StringProperty input = new SimpleStringProperty("");
    private final ReadOnlyStringWrapper inputProblem = new ReadOnlyStringWrapper("");
    private final BooleanProperty hideSystem = new SimpleBooleanProperty(true);
    private final ObservableList<PortItem> ports = FXCollections.observableArrayList();
    private final ReadOnlyBooleanWrapper looked = new ReadOnlyBooleanWrapper();
    private final ReadOnlyStringWrapper lookProblem = new ReadOnlyStringWrapper("");
    private final ReadOnlyObjectWrapper<Optional<ShareRun>> run = new ReadOnlyObjectWrapper<>(Optional.empty());

    private List<ListeningPort> found = List.of();
    private List<TunnelState> tunnels = List.of();
    /** What listened last on ports that are shared, for when it is gone. */
    private final Map<Integer, ListeningPort> lastSeen = new HashMap<>();

    private boolean known;

    public ShareViewModel(
            Porthole porthole, Tasks tasks, Outside outside, InstantSource clock, SignInAgain signInAgain) {
        this.porthole = porthole;
        this.tasks = tasks;
        this.outside = outside;
        this.clock = clock;
        this.signInAgain = signInAgain;
        this.bindings = new FxBindings(tasks.screen());
        input.subscribe(typed -> inputProblem.set(""));
        hideSystem.subscribe(this::arrange);
    }

    /** What is in the big field. */
    public StringProperty inputProperty() {
        return input;
    }

    /** Why it is no endpoint; empty when nothing is wrong. */
    public ReadOnlyStringProperty inputProblemProperty() {
        return inputProblem.getReadOnlyProperty();
    }

    /** Whether services of the system are folded away. */
    public BooleanProperty hideSystemProperty() {
        return hideSystem;
    }

    /** Whether there has been a first look. */
    public ReadOnlyBooleanProperty lookedProperty() {
        return looked.getReadOnlyProperty();
    }

    /** Why the programs can't be listed; empty when they can. */
    public ReadOnlyStringProperty lookProblemProperty() {
        return lookProblem.getReadOnlyProperty();
    }

    ObservableList<PortItem> ports() {
        return ports;
    }

    ReadOnlyObjectProperty<Optional<ShareRun>> runProperty() {
        return run.getReadOnlyProperty();
    }

    InstantSource clock() {
        return clock;
    }

    /** Follows the tunnels, for the "shared" marks; as long as the screen is shown. */
    public Subscription follow() {
        return bindings.follow(porthole.tunnels(), list -> {
            tunnels = list;
            run.get().ifPresent(shown -> shown.heard(list));
            arrange();
        });
    }

    /**
     * Looks at the ports now and every second and a half, so that a new one shows within two; as long as the screen is
     * shown and its window has the focus.
     */
    public Subscription watchPorts() {
        PortWatch watch = new PortWatch();
        watch.look();
        return watch;
    }

    /** Shares what was typed. */
    public void submit() {
        Endpoint endpoint;
        try {
            endpoint = Endpoint.parse(input.get());
        } catch (InvalidEndpointException typedWrong) {
            inputProblem.set(PlainText.of(String.valueOf(typedWrong.getMessage())));
            return;
        }
        begin(ShareRequest.of(endpoint), endpoint.shown());
        input.set("");
    }

    /** Shares a port that a person chose elsewhere: in the tray, or in the question of a link. */
    public void share(ListeningPort port) {
        // This screen may not have been shown yet.
        tunnels = porthole.tunnels().get();
        share(PortItem.of(port, tunnels, clock.instant()));
    }

    /** Shares an endpoint that was named elsewhere than in the field. */
    public void share(Endpoint endpoint) {
        begin(ShareRequest.of(endpoint), endpoint.shown());
    }

    /**
     * Shares it under a name of one's own, for a time.
     *
     * @param name of its address; empty: any
     * @return why that can't be; empty if it is under way
     */
    String share(PortItem item, String name, Expiry expiry) {
        String wanted = name.toLowerCase(Locale.ROOT);
        if (!wanted.isEmpty() && !NAME.matcher(wanted).matches()) {
            return Texts.text("share.choices.name.wrong", PlainText.of(name));
        }
        ShareRequest request = new ShareRequest(item.endpoint(), item.title(), wanted.isEmpty() ? null : wanted);
        begin(request.until(expiry.from(clock.instant())), item.title());
        return "";
    }

    void share(PortItem item) {
        // A tunnel that is there already keeps the label that it was given.
        boolean known = tunnels.stream().anyMatch(it -> it.tunnel().endpoint().equals(item.endpoint()));
        begin(new ShareRequest(item.endpoint(), known ? null : item.title(), null), item.title());
    }

    /** Puts an address on the clipboard. */
    void copy(String url) {
        outside.copy(url);
    }

    /** Shows an address in the browser. */
    void open(String url) {
        tasks.create(() -> outside.open(URI.create(url)))
                .onSuccess(opened -> inputProblem.set(opened ? "" : Texts.text("action.open.failed")))
                .onError(failure -> inputProblem.set(Texts.text("action.open.failed")))
                .start();
    }

    /** Signs in in place, and then goes on with the share that failed for want of it. */
    void signInAndRetry(ShareRun failed) {
        signInAgain.then(failed::start);
    }

    /** Has the app that was shared see its own name, because it refuses the public one. */
    void useLocalhost(TunnelState shared) {
        tasks.create(() -> porthole.show(shared.tunnel().id(), HostHeader.localhost()))
                .onSuccess(changed -> inputProblem.set(""))
                .onError(failure -> inputProblem.set(PlainText.of(String.valueOf(failure.getMessage()))))
                .start();
    }

    /** Takes the card away; a share under way is called off. */
    void dismiss(ShareRun shown) {
        shown.cancel();
        run.set(Optional.empty());
    }

    private void begin(ShareRequest request, String title) {
        ShareRun before = run.get().orElse(null);
        if (before != null
                && before.stateProperty().get() instanceof ShareRun.State.Running
                && before.request().endpoint().equals(request.endpoint())) {
            return;
        }
        ShareRun next = new ShareRun(porthole, tasks, clock, request, title);
        run.set(Optional.of(next));
        next.stateProperty().subscribe(state -> ended(next, state));
        next.start();
    }

    private void ended(ShareRun which, ShareRun.State state) {
        // An earlier share that ends late must not take the clipboard from the one on the screen.
        boolean onScreen = run.get().filter(which::equals).isPresent();
        switch (state) {
            case ShareRun.State.Ready(String url, Duration _) when onScreen -> outside.copy(url);
            case ShareRun.State.Cancelled _ when onScreen -> run.set(Optional.empty());
            case ShareRun.State.Ready _,
                    ShareRun.State.Cancelled _,
                    ShareRun.State.Failed _,
                    ShareRun.State.Running _ -> {}
        }
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
        List<PortItem> arranged = Stream.concat(gone, here).toList();
        if (!arranged.equals(ports)) {
            ports.setAll(arranged);
        }
    }

    /** Looks, waits, looks again; each look and each wait can be ended. */
    private final class PortWatch implements Subscription {
        private boolean closed;
        private Tasks.@Nullable Running look;
        private Subscription wait = () -> {};

        void look() {
            look = tasks.create(porthole::listeningPorts)
                    .onSuccess(list -> {
                        found = list;
                        known = true;
                        remember(list);
                        lookProblem.set("");
                        arrange();
                    })
                    .onError(failure -> lookProblem.set(PlainText.of(String.valueOf(failure.getMessage()))))
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
