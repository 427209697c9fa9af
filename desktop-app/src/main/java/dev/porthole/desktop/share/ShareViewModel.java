package dev.porthole.desktop.share;

import dev.porthole.core.Porthole;
import dev.porthole.core.Porthole.ShareRequest;
import dev.porthole.core.PortholeException;
import dev.porthole.core.PortholeException.Kind;
import dev.porthole.core.Shareable;
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
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.ObservableList;

/** What listens on this computer, and sharing it. Belongs to the FX thread. */
public final class ShareViewModel {
    /** One label of an address, as RFC 1035 section 2.3.1 and RFC 1123 have it. */
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

    private final Porthole porthole;
    private final Tasks tasks;
    private final Outside outside;
    private final InstantSource clock;
    private final SignInAgain signInAgain;
    private final FxBindings bindings;

    private final StringProperty input = new SimpleStringProperty("");
    private final ReadOnlyStringWrapper inputProblem = new ReadOnlyStringWrapper("");
    private final LocalPorts ports;
    private final OwnUrlViewModel ownUrl;
    private final ReadOnlyBooleanWrapper sharedNothing = new ReadOnlyBooleanWrapper();
    private final ReadOnlyObjectWrapper<Optional<ShareRun>> run = new ReadOnlyObjectWrapper<>(Optional.empty());

    private List<TunnelState> tunnels = List.of();

    public ShareViewModel(
            Porthole porthole, Tasks tasks, Outside outside, InstantSource clock, SignInAgain signInAgain) {
        this.porthole = porthole;
        this.tasks = tasks;
        this.outside = outside;
        this.clock = clock;
        this.signInAgain = signInAgain;
        this.bindings = new FxBindings(tasks.screen());
        this.ports = new LocalPorts(porthole, tasks, clock);
        this.ownUrl = new OwnUrlViewModel(porthole, tasks, outside);
        input.subscribe(typed -> inputProblem.set(""));
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
        return ports.hideSystemProperty();
    }

    /** Whether there has been a first look. */
    public ReadOnlyBooleanProperty lookedProperty() {
        return ports.lookedProperty();
    }

    /** Why the programs can't be listed; empty when they can. */
    public ReadOnlyStringProperty lookProblemProperty() {
        return ports.problemProperty();
    }

    ObservableList<PortItem> ports() {
        return ports.items();
    }

    /** "I have my own public URL". */
    OwnUrlViewModel ownUrl() {
        return ownUrl;
    }

    /** Whether the project has no tunnel and nothing has an address of its own: a person begins here. */
    ReadOnlyBooleanProperty sharedNothingProperty() {
        return sharedNothing.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<Optional<ShareRun>> runProperty() {
        return run.getReadOnlyProperty();
    }

    InstantSource clock() {
        return clock;
    }

    /** Follows the tunnels, for the "shared" marks; as long as the screen is shown. */
    public Subscription follow() {
        return FxBindings.all(
                bindings.follow(porthole.tunnels(), list -> {
                    tunnels = list;
                    run.get().ifPresent(shown -> shown.heard(list));
                    ports.tunnelsAre(list);
                    lookForAny();
                }),
                bindings.follow(porthole.ownUrls(), own -> {
                    ports.ownUrlsAre(own);
                    lookForAny();
                }));
    }

    /**
     * Looks at the ports now and every second and a half, so that a new one shows within two; as long as the screen is
     * shown and its window has the focus.
     */
    public Subscription watchPorts() {
        return ports.watch();
    }

    /** Shares what was typed: an address, or a folder. */
    public void submit() {
        String typed = input.get();
        // A folder may be on a disk that answers slowly.
        find(() -> Shareable.parse(typed), () -> input.set(""));
    }

    /** Shares a folder that was dropped on the screen. */
    void share(Path folder) {
        find(() -> Shareable.folder(folder), () -> {});
    }

    private void find(Supplier<Endpoint> named, Runnable then) {
        inputProblem.set("");
        tasks.create(() -> {
                    try {
                        return named.get();
                    } catch (InvalidEndpointException typedWrong) {
                        throw new PortholeException(
                                Kind.WRONG_USE, String.valueOf(typedWrong.getMessage()), typedWrong);
                    }
                })
                .onSuccess(endpoint -> {
                    then.run();
                    begin(ShareRequest.of(endpoint), endpoint.shown());
                })
                .onError(wrong -> inputProblem.set(PlainText.of(String.valueOf(wrong.getMessage()))))
                .start();
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

    private void lookForAny() {
        sharedNothing.set(tunnels.isEmpty() && porthole.ownUrls().get().isEmpty());
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
}
