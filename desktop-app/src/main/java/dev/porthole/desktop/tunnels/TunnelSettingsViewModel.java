package dev.porthole.desktop.tunnels;

import dev.porthole.core.OwnUrl;
import dev.porthole.core.Porthole;
import dev.porthole.core.PortholeException;
import dev.porthole.core.PortholeException.Kind;
import dev.porthole.core.api.Endpoint;
import dev.porthole.core.api.HostHeader;
import dev.porthole.core.api.Tunnel;
import dev.porthole.core.proxy.EndpointTimeout;
import dev.porthole.desktop.signin.SignInAgain;
import dev.porthole.desktop.ui.PlainText;
import dev.porthole.desktop.ui.Tasks;
import dev.porthole.desktop.ui.Texts;
import java.net.URI;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.jspecify.annotations.Nullable;

/**
 * A tunnel's settings: what is typed, what is wrong with it, and keeping it. What was typed stays, whatever happens;
 * only what differs is sent. Belongs to the FX thread.
 */
final class TunnelSettingsViewModel {
    /** Which Host header the app sees. */
    enum Host {
        VISITOR,
        LOCALHOST,
        FIXED
    }

    /** What a problem is about. */
    enum Part {
        LABEL,
        ENDPOINT,
        HOST,
        TIMEOUT,
        ADDRESS,
        /** Not what was typed: the server, or the way to it. */
        SAVING
    }

    private final Porthole porthole;
    private final Tasks tasks;
    private final SignInAgain signInAgain;
    private final TunnelItem item;
    private final StringProperty label = new SimpleStringProperty("");
    private final StringProperty endpoint = new SimpleStringProperty("");
    private final ObjectProperty<Host> host = new SimpleObjectProperty<>(Host.VISITOR);
    private final StringProperty hostName = new SimpleStringProperty("");
    private final StringProperty timeout = new SimpleStringProperty("");
    private final ObjectProperty<Expiry> expiry = new SimpleObjectProperty<>(Expiry.AS_IT_IS);
    private final BooleanProperty own = new SimpleBooleanProperty();
    private final StringProperty ownUrl = new SimpleStringProperty("");
    private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");
    private final ReadOnlyObjectWrapper<Part> problemPart = new ReadOnlyObjectWrapper<>(Part.SAVING);
    private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper saved = new ReadOnlyBooleanWrapper();

    TunnelSettingsViewModel(Porthole porthole, Tasks tasks, SignInAgain signInAgain, TunnelItem item) {
        this.porthole = porthole;
        this.tasks = tasks;
        this.signInAgain = signInAgain;
        this.item = item;
        reset();
    }

    StringProperty labelProperty() {
        return label;
    }

    /** What is shared, as a person types it. */
    StringProperty endpointProperty() {
        return endpoint;
    }

    ObjectProperty<Host> hostProperty() {
        return host;
    }

    /** The name for {@link Host#FIXED}. */
    StringProperty hostNameProperty() {
        return hostName;
    }

    /** How long the app may think: {@code 30s}. */
    StringProperty timeoutProperty() {
        return timeout;
    }

    ObjectProperty<Expiry> expiryProperty() {
        return expiry;
    }

    /** Whether the endpoint is reached by its owner's own means. */
    BooleanProperty ownProperty() {
        return own;
    }

    /** The address by which it is. */
    StringProperty ownUrlProperty() {
        return ownUrl;
    }

    /** Whether that address is set from outside, and can't be typed. */
    boolean isOwnUrlFromOutside() {
        return porthole.publicUrlFromOutside().isPresent();
    }

    /** Whether the app answers requests: others know no Host header and no timeout. */
    boolean isHttp() {
        return switch (tunnel().endpoint().scheme()) {
            case HTTP, HTTPS, H2C -> true;
            case TCP, FILE -> false;
        };
    }

    /** When it ends by itself now. */
    Optional<Instant> expiresAt() {
        return Optional.ofNullable(tunnel().expiresAt());
    }

    /** Whether it is a share for now, that goes by itself when it was not carried for a day. */
    boolean isQuick() {
        return tunnel().quick();
    }

    /** What is wrong; empty when nothing is. */
    ReadOnlyStringProperty problemProperty() {
        return problem.getReadOnlyProperty();
    }

    /** What the problem is about. */
    ReadOnlyObjectProperty<Part> problemPartProperty() {
        return problemPart.getReadOnlyProperty();
    }

    /** Whether saving is under way. */
    ReadOnlyBooleanProperty busyProperty() {
        return busy.getReadOnlyProperty();
    }

    /** Whether what stands there is kept. */
    ReadOnlyBooleanProperty savedProperty() {
        return saved.getReadOnlyProperty();
    }

    /** Says what holds now; what was typed is gone. */
    void reset() {
        Tunnel now = tunnel();
        label.set(now.label());
        endpoint.set(now.endpoint().toString());
        host.set(
                switch (now.hostHeader()) {
                    case HostHeader.Visitor _ -> Host.VISITOR;
                    case HostHeader.Localhost _ -> Host.LOCALHOST;
                    case HostHeader.Fixed _ -> Host.FIXED;
                });
        hostName.set(now.hostHeader() instanceof HostHeader.Fixed(String name) ? name : "");
        timeout.set(timeoutNow(now.endpoint()));
        expiry.set(Expiry.AS_IT_IS);
        own.set(item.ownUrlProperty().get().isPresent());
        ownUrl.set(porthole.publicUrlFromOutside()
                .or(() -> item.ownUrlProperty().get().map(OwnUrl::url))
                .map(URI::toString)
                .orElse(""));
        problem.set("");
    }

    /** Keeps what was typed, if all of it can be understood. */
    void save() {
        saved.set(false);
        problemPart.set(Part.SAVING);
        Change change;
        try {
            change = understood();
        } catch (IllegalArgumentException wrong) {
            problem.set(PlainText.of(String.valueOf(wrong.getMessage())));
            return;
        }
        problem.set("");
        busy.set(true);
        tasks.create(() -> apply(change))
                .onSuccess(done -> {
                    saved.set(true);
                    expiry.set(Expiry.AS_IT_IS);
                })
                .onError(Kind.NOT_SIGNED_IN, failure -> {
                    problem.set(String.valueOf(failure.getMessage()));
                    signInAgain.then(this::save);
                })
                .onError(failure -> problem.set(PlainText.of(String.valueOf(failure.getMessage()))))
                .andFinally(() -> busy.set(false))
                .start();
    }

    /** Which address a tunnel is to have, if another one. */
    private enum Way {
        AS_IT_IS,
        OWN,
        PORTHOLE
    }

    /**
     * What differs from what holds; null for what does not.
     *
     * @param url the address for {@link Way#OWN}
     */
    private record Change(
            @Nullable String label,
            @Nullable Endpoint endpoint,
            @Nullable HostHeader host,
            @Nullable EndpointTimeout timeout,
            Expiry expiry,
            Way way,
            @Nullable URI url) {}

    private Change understood() {
        Tunnel now = tunnel();
        problemPart.set(Part.LABEL);
        String name = label.get().strip();
        if (name.isEmpty()) {
            throw new IllegalArgumentException(Texts.text("edit.label.missing"));
        }
        problemPart.set(Part.ENDPOINT);
        Endpoint place = Endpoint.parse(endpoint.get());
        problemPart.set(Part.HOST);
        HostHeader shown = switch (host.get()) {
            case VISITOR -> HostHeader.visitor();
            case LOCALHOST -> HostHeader.localhost();
            case FIXED -> new HostHeader.Fixed(hostName.get());
        };
        problemPart.set(Part.TIMEOUT);
        EndpointTimeout patience = isHttp() ? EndpointTimeout.parse(timeout.get()) : null;
        problemPart.set(Part.ADDRESS);
        URI url = own.get() ? OwnUrl.parse(ownUrl.get()) : null;
        problemPart.set(Part.SAVING);
        return new Change(
                differing(name, now.label()),
                differing(place, now.endpoint()),
                isHttp() ? differing(shown, now.hostHeader()) : null,
                patience != null && patience.toString().equals(timeoutNow(place)) ? null : patience,
                expiry.get(),
                way(url),
                url);
    }

    private Way way(@Nullable URI wanted) {
        Optional<OwnUrl> now = item.ownUrlProperty().get();
        if (wanted == null) {
            return now.isPresent() ? Way.PORTHOLE : Way.AS_IT_IS;
        }
        boolean same =
                now.isPresent() && (now.get().fromOutside() || now.get().url().equals(wanted));
        return same ? Way.AS_IT_IS : Way.OWN;
    }

    private static <T> @Nullable T differing(T wanted, T now) {
        return Objects.equals(wanted, now) ? null : wanted;
    }

    /** In this order: what the tunnel is, then whether it runs. */
    private void apply(Change change) throws PortholeException {
        String id = item.id();
        Endpoint place = Objects.requireNonNullElse(change.endpoint(), tunnel().endpoint());
        if (change.label() != null || change.endpoint() != null) {
            porthole.update(id, change.label(), change.endpoint());
        }
        if (change.host() != null) {
            porthole.show(id, change.host());
        }
        if (change.timeout() != null) {
            porthole.allowTimeout(place, change.timeout());
        }
        if (change.expiry() != Expiry.AS_IT_IS) {
            porthole.expire(id, change.expiry().from(porthole.traffic(id).get().at()));
        }
        switch (change.way()) {
            case AS_IT_IS -> {}
            case OWN -> porthole.useOwnUrl(place, Objects.requireNonNull(change.url()));
            case PORTHOLE -> porthole.enable(id, progress -> {});
        }
    }

    private String timeoutNow(Endpoint place) {
        return porthole.config()
                .config()
                .get()
                .endpointTimeout(place.toString())
                .orElse(EndpointTimeout.USUAL.toString());
    }

    private Tunnel tunnel() {
        return item.state().tunnel();
    }
}
