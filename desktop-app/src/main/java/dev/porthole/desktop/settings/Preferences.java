package dev.porthole.desktop.settings;

import dev.porthole.core.config.Config;
import dev.porthole.core.config.ConfigFile;
import dev.porthole.core.update.Channel;
import dev.porthole.desktop.ui.Appearance;
import dev.porthole.desktop.ui.Language;
import dev.porthole.desktop.ui.Scale;
import dev.porthole.desktop.ui.Tasks;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The app's own choices, kept in {@code config.yml} beside the rest. Belongs to the FX thread. */
public final class Preferences {
    private static final Logger LOG = LoggerFactory.getLogger(Preferences.class);
    private static final String THEME = "theme";
    private static final String LANGUAGE = "language";
    private static final String CONTRAST = "contrast";
    private static final String SCALE = "scale";
    private static final String UPDATE_CHANNEL = "update-channel";
    private static final String UPDATE_DAILY = "update-daily";
    private static final String UPDATE_LOOKED_AT = "update-looked-at";
    private static final String CLOSING_EXPLAINED = "closing-explained";

    private final ConfigFile file;
    private final Tasks tasks;
    private final BooleanProperty startHidden;
    private final BooleanProperty notifyReady;
    private final BooleanProperty notifyLost;
    private final BooleanProperty notifySignIn;
    private final BooleanProperty notifyFirstVisitor;

    public Preferences(ConfigFile file, Tasks tasks) {
        this.file = file;
        this.tasks = tasks;
        this.startHidden = kept("start-hidden");
        this.notifyReady = kept("notify-ready");
        this.notifyLost = kept("notify-lost");
        this.notifySignIn = kept("notify-sign-in");
        this.notifyFirstVisitor = kept("notify-first-visitor");
    }

    /** The theme that was chosen; the system's, if none was or the file says something unknown. */
    public Appearance appearance() {
        return choice(now(), THEME, Appearance.values(), Appearance.SYSTEM);
    }

    /** Keeps the theme. */
    public void keepAppearance(Appearance appearance) {
        keep(THEME, nameOf(appearance));
    }

    /** The language that was chosen; the system's, if none was or the file says something unknown. */
    public Language language() {
        return languageOf(now());
    }

    /** Keeps the language. */
    public void keepLanguage(Language language) {
        keep(LANGUAGE, nameOf(language));
    }

    /** Whether high contrast was chosen. */
    public boolean contrast() {
        return now().preference(CONTRAST).map("high"::equals).orElse(false);
    }

    /** Keeps whether it is. */
    public void keepContrast(boolean high) {
        keep(CONTRAST, high ? "high" : "usual");
    }

    /** The size that was chosen, which a start takes up. */
    public Scale scale() {
        return scaleOf(now());
    }

    /** The same, before there is a window. */
    public static Scale scaleOf(Config config) {
        return choice(config, SCALE, Scale.values(), Scale.SYSTEM);
    }

    /** The language, before there is a window. */
    public static Language languageOf(Config config) {
        return choice(config, LANGUAGE, Language.values(), Language.SYSTEM);
    }

    /** Keeps the size. */
    public void keepScale(Scale scale) {
        keep(SCALE, nameOf(scale));
    }

    /** Which releases the update check tells of. */
    Channel updateChannel() {
        return choice(now(), UPDATE_CHANNEL, Channel.values(), Channel.STABLE);
    }

    /** Keeps which. */
    void keepUpdateChannel(Channel channel) {
        keep(UPDATE_CHANNEL, nameOf(channel));
    }

    /** Whether the update check runs by itself. */
    boolean updateDaily() {
        return now().preference(UPDATE_DAILY).map(Boolean::parseBoolean).orElse(true);
    }

    /** Keeps whether it does. */
    void keepUpdateDaily(boolean daily) {
        keep(UPDATE_DAILY, Boolean.toString(daily));
    }

    /** When the update check last ran; empty if it never did, or the file says no moment. */
    Optional<Instant> updateLookedAt() {
        try {
            return now().preference(UPDATE_LOOKED_AT).map(Instant::parse);
        } catch (DateTimeParseException edited) {
            return Optional.empty();
        }
    }

    /** Keeps when it did. */
    void keepUpdateLookedAt(Instant moment) {
        keep(UPDATE_LOOKED_AT, moment.toString());
    }

    /** Whether the person has been told that closing the window keeps tunnels. */
    public boolean closingExplained() {
        return now().preference(CLOSING_EXPLAINED).map(Boolean::parseBoolean).orElse(false);
    }

    /** Keeps that they have. */
    public void keepClosingExplained() {
        keep(CLOSING_EXPLAINED, "true");
    }

    private static <E extends Enum<E>> E choice(Config config, String name, E[] choices, E otherwise) {
        String chosen =
                config.preference(name).orElse("").toUpperCase(Locale.ROOT).replace('-', '_');
        for (E choice : choices) {
            if (choice.name().equals(chosen)) {
                return choice;
            }
        }
        return otherwise;
    }

    /** Whether the window stays hidden when the app starts at sign-in. Setting it keeps it. */
    public BooleanProperty startHiddenProperty() {
        return startHidden;
    }

    /** Whether it is told that a tunnel works. Setting it keeps it. */
    public BooleanProperty notifyReadyProperty() {
        return notifyReady;
    }

    /** Whether it is told that a tunnel works no more, and again. Setting it keeps it. */
    public BooleanProperty notifyLostProperty() {
        return notifyLost;
    }

    /** Whether it is told that one has to sign in again. Setting it keeps it. */
    public BooleanProperty notifySignInProperty() {
        return notifySignIn;
    }

    /** Whether a tunnel's first visitor is told. Setting it keeps it. */
    public BooleanProperty notifyFirstVisitorProperty() {
        return notifyFirstVisitor;
    }

    /** On unless it was turned off. */
    private BooleanProperty kept(String name) {
        boolean on = now().preference(name).map(Boolean::parseBoolean).orElse(true);
        BooleanProperty property = new SimpleBooleanProperty(on);
        property.subscribe((before, chosen) -> keep(name, chosen.toString()));
        return property;
    }

    private static String nameOf(Enum<?> choice) {
        return choice.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private Config now() {
        return file.config().get();
    }

    private void keep(String name, String value) {
        // A choice that can't be saved still holds until the app ends: worth a line in the log, not a dialog.
        tasks.create(() -> file.update(config -> config.withPreference(name, value)))
                .onError(failure -> LOG.warn("could not save {}", name, failure))
                .start();
    }
}
