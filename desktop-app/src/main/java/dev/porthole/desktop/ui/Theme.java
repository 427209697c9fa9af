package dev.porthole.desktop.ui;

import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;
import java.util.Objects;
import javafx.application.Application;
import javafx.application.ColorScheme;
import javafx.application.Platform;
import javafx.beans.InvalidationListener;
import javafx.beans.WeakInvalidationListener;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.css.PseudoClass;
import javafx.scene.Scene;

/** Light or dark, as chosen or as the system has it, for the whole program. Belongs to the FX thread. */
public final class Theme {
    /** On the root of every scene that is dark. */
    static final PseudoClass DARK = PseudoClass.getPseudoClass("dark");

    /** On the root of every scene that has high contrast. */
    static final PseudoClass CONTRAST = PseudoClass.getPseudoClass("contrast");

    /** Our own rules, for a scene that is drawn without a window. */
    public static final String STYLESHEET = Objects.requireNonNull(
                    Theme.class.getResource("/dev/porthole/desktop/ui/porthole.css"), "porthole.css")
            .toExternalForm();

    private final ObjectProperty<Appearance> appearance = new SimpleObjectProperty<>(Appearance.SYSTEM);
    private final ReadOnlyBooleanWrapper dark = new ReadOnlyBooleanWrapper();
    private final BooleanProperty contrast = new SimpleBooleanProperty();
    private final ReadOnlyBooleanWrapper highContrast = new ReadOnlyBooleanWrapper();

    /** Held weakly: the system's preferences outlive every window, and would keep all that it shows. */
    private final InvalidationListener systemChanged = change -> {
        choose();
        chooseContrast();
    };

    /** @param high whether high contrast was chosen */
    public Theme(Appearance chosen, boolean high) {
        appearance.set(chosen);
        contrast.set(high);
        appearance.subscribe(this::choose);
        // Where the system does not tell (a bare X server), JavaFX says light.
        WeakInvalidationListener weak = new WeakInvalidationListener(systemChanged);
        Platform.getPreferences().colorSchemeProperty().addListener(weak);
        Platform.getPreferences().addListener(weak);
        choose();
        contrast.subscribe(this::chooseContrast);
        chooseContrast();
        dark.subscribe(isDark -> Application.setUserAgentStylesheet(
                isDark ? new PrimerDark().getUserAgentStylesheet() : new PrimerLight().getUserAgentStylesheet()));
    }

    /** The choice; setting it changes every window at once. */
    public ObjectProperty<Appearance> appearanceProperty() {
        return appearance;
    }

    /** Whether a person wants high contrast; the system may want it besides. */
    public BooleanProperty contrastProperty() {
        return contrast;
    }

    /** Whether dark is on now. */
    public ReadOnlyBooleanProperty darkProperty() {
        return dark.getReadOnlyProperty();
    }

    /** Gives a scene our own rules on top of the theme's. */
    public void dress(Scene scene) {
        scene.getStylesheets().add(STYLESHEET);
        dark.subscribe(isDark -> scene.getRoot().pseudoClassStateChanged(DARK, isDark));
        highContrast.subscribe(isHigh -> scene.getRoot().pseudoClassStateChanged(CONTRAST, isHigh));
    }

    private void chooseContrast() {
        highContrast.set(contrast.get() || systemWantsContrast());
    }

    /** What JavaFX passes on as it is: Windows' own setting, and GTK's theme of that name. */
    private static boolean systemWantsContrast() {
        Platform.Preferences system = Platform.getPreferences();
        return Boolean.TRUE.equals(system.get("Windows.SPI.HighContrast"))
                || String.valueOf(system.get("GTK.theme_name")).startsWith("HighContrast");
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
