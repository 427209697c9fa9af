package dev.porthole.desktop.ui;

import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;
import java.util.Objects;
import javafx.application.Application;
import javafx.application.ColorScheme;
import javafx.application.Platform;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.css.PseudoClass;
import javafx.scene.Scene;
import javafx.scene.control.DialogPane;

/** Light or dark, as chosen or as the system has it, for the whole program. Belongs to the FX thread. */
public final class Theme {
    /** On the root of every scene that is dark. */
    static final PseudoClass DARK = PseudoClass.getPseudoClass("dark");

    /** Our own rules, for a scene that is drawn without a window. */
    public static final String STYLESHEET = Objects.requireNonNull(
                    Theme.class.getResource("/dev/porthole/desktop/ui/porthole.css"), "porthole.css")
            .toExternalForm();

    private final ObjectProperty<Appearance> appearance = new SimpleObjectProperty<>(Appearance.SYSTEM);
    private final ReadOnlyBooleanWrapper dark = new ReadOnlyBooleanWrapper();

    public Theme(Appearance chosen) {
        appearance.set(chosen);
        appearance.subscribe(this::choose);
        // Where the system does not tell (a bare X server), JavaFX says light.
        Platform.getPreferences().colorSchemeProperty().subscribe(this::choose);
        choose();
        dark.subscribe(isDark -> Application.setUserAgentStylesheet(
                isDark ? new PrimerDark().getUserAgentStylesheet() : new PrimerLight().getUserAgentStylesheet()));
    }

    /** The choice; setting it changes every window at once. */
    public ObjectProperty<Appearance> appearanceProperty() {
        return appearance;
    }

    /** Whether dark is on now. */
    public ReadOnlyBooleanProperty darkProperty() {
        return dark.getReadOnlyProperty();
    }

    /** Gives a scene our own rules on top of the theme's. */
    public void dress(Scene scene) {
        scene.getStylesheets().add(STYLESHEET);
        dark.subscribe(isDark -> scene.getRoot().pseudoClassStateChanged(DARK, isDark));
    }

    /** Gives a dialog the looks of the window that it belongs to. */
    public static void lend(Scene owner, DialogPane dialog) {
        dialog.getStylesheets().setAll(owner.getStylesheets());
        dialog.pseudoClassStateChanged(
                DARK, owner.getRoot().getPseudoClassStates().contains(DARK));
    }

    private void choose() {
        dark.set(
                switch (appearance.get()) {
                    case LIGHT -> false;
                    case DARK -> true;
                    case SYSTEM -> Platform.getPreferences().getColorScheme() == ColorScheme.DARK;
                });
    }
}
