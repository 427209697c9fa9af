package dev.porthole.desktop.settings;

import dev.porthole.core.Porthole;
import dev.porthole.core.SignIn;
import dev.porthole.core.TunnelState;
import dev.porthole.core.api.User;
import dev.porthole.core.observe.Subscription;
import dev.porthole.desktop.ui.Appearance;
import dev.porthole.desktop.ui.FxBindings;
import dev.porthole.desktop.ui.Language;
import dev.porthole.desktop.ui.PlainText;
import dev.porthole.desktop.ui.Scale;
import dev.porthole.desktop.ui.Tasks;
import dev.porthole.desktop.ui.Texts;
import java.net.URI;
import java.util.List;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleObjectProperty;

/** How the app looks, and who is signed in where. Belongs to the FX thread. */
public final class SettingsViewModel {
    private final Porthole porthole;
    private final Tasks tasks;
    private final ObjectProperty<Appearance> appearance;
    private final ObjectProperty<Language> language;
    private final BooleanProperty contrast;
    private final ObjectProperty<Scale> scale;
    private final ObjectProperty<Section> section = new SimpleObjectProperty<>(Section.GENERAL);
    private final FxBindings bindings;
    private final ReadOnlyStringWrapper server = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper account = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper tokenStore = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");
    private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper();

    public SettingsViewModel(Porthole porthole, Tasks tasks, Looks looks, Preferences preferences) {
        this.porthole = porthole;
        this.tasks = tasks;
        this.appearance = looks.appearance();
        this.contrast = looks.contrast();
        this.scale = new SimpleObjectProperty<>(preferences.scale());
        this.language = looks.language();
        this.bindings = new FxBindings(tasks.screen());
        appearance.subscribe((before, chosen) -> preferences.keepAppearance(chosen));
        contrast.subscribe((before, chosen) -> preferences.keepContrast(chosen));
        scale.subscribe((before, chosen) -> preferences.keepScale(chosen));
        language.subscribe((before, chosen) -> preferences.keepLanguage(chosen));
    }

    /** Follows the sign-in; as long as the screen is shown. */
    public Subscription follow() {
        return bindings.follow(porthole.signIn(), this::changed);
    }

    /** The theme; takes effect and is kept at once. */
    public ObjectProperty<Appearance> appearanceProperty() {
        return appearance;
    }

    /** Which part is shown. */
    public ObjectProperty<Section> sectionProperty() {
        return section;
    }

    /** High contrast; takes effect and is kept at once. */
    BooleanProperty contrastProperty() {
        return contrast;
    }

    /** The size; kept at once, and takes effect at the next start. */
    ObjectProperty<Scale> scaleProperty() {
        return scale;
    }

    /** The language; takes effect and is kept at once. */
    public ObjectProperty<Language> languageProperty() {
        return language;
    }

    /** The server, in words. */
    public ReadOnlyStringProperty serverProperty() {
        return server.getReadOnlyProperty();
    }

    /** Who is signed in. */
    public ReadOnlyStringProperty accountProperty() {
        return account.getReadOnlyProperty();
    }

    /** How the sign-in is kept on this computer. */
    public ReadOnlyStringProperty tokenStoreProperty() {
        return tokenStore.getReadOnlyProperty();
    }

    /** Why signing out did not work; empty when nothing is wrong. */
    public ReadOnlyStringProperty problemProperty() {
        return problem.getReadOnlyProperty();
    }

    /** Whether signing out is under way. */
    public ReadOnlyBooleanProperty busyProperty() {
        return busy.getReadOnlyProperty();
    }

    /** The tunnels that signing out stops, by label. */
    public List<String> whatStops() {
        return porthole.tunnels().get().stream()
                .filter(state -> state.here() && state.phase() != TunnelState.Phase.STOPPED)
                .map(state -> PlainText.of(state.tunnel().label()))
                .toList();
    }

    /** Signs out; the view has said what stops, and asked. */
    public void signOut() {
        busy.set(true);
        problem.set("");
        tasks.create(porthole::signOut)
                .onError(failure -> problem.set(PlainText.of(String.valueOf(failure.getMessage()))))
                .andFinally(() -> busy.set(false))
                .start();
    }

    private void changed(SignIn now) {
        switch (now) {
            case SignIn.SignedIn(URI at, User user, boolean embedded, String kept) -> {
                show(at, user, embedded);
                tokenStore.set(kept);
            }
            case SignIn.Expired(URI at, User user, boolean embedded) -> show(at, user, embedded);
            case SignIn.SigningIn _, SignIn.SignedOut _ -> {}
        }
    }

    private void show(URI at, User user, boolean embedded) {
        String address = PlainText.of(at.toString());
        server.set(embedded ? Texts.text("settings.embedded", address) : address);
        account.set(PlainText.of(user.email() == null ? user.name() : user.name() + " (" + user.email() + ")"));
    }
}
