package dev.porthole.desktop.app;

import dev.porthole.desktop.ui.Texts;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;

/** The keys that work everywhere in the window, in the order in which they are listed; Ctrl here is Cmd on a Mac. */
enum Shortcut {
    PALETTE(KeyCode.K),
    SHARE(KeyCode.DIGIT1),
    TUNNELS(KeyCode.DIGIT2),
    // As the rail will be: 3 and 4 are the inspector's and the inbox's.
    CONNECTORS(KeyCode.DIGIT5),
    ACTIVITY(KeyCode.DIGIT6),
    PROJECTS(KeyCode.P),
    SETTINGS(KeyCode.COMMA),
    UNDO(KeyCode.Z),
    HELP(KeyCode.F1),
    QUIT(KeyCode.Q);

    private final KeyCode key;

    Shortcut(KeyCode key) {
        this.key = key;
    }

    KeyCombination keys() {
        return this == HELP ? new KeyCodeCombination(key) : new KeyCodeCombination(key, KeyCombination.SHORTCUT_DOWN);
    }

    /** As it is written on the keys: {@code Ctrl+K}. */
    String shown() {
        // A question mark is where the layout has it: it is listened to as what is typed, F1 as a key.
        return this == HELP ? Texts.text("shortcuts.help.keys") : keys().getDisplayText();
    }

    /** What they do. */
    String words() {
        return switch (this) {
            case PALETTE -> Texts.text("shortcuts.palette");
            case SHARE -> Texts.text("share.title");
            case TUNNELS -> Texts.text("tunnels.title");
            case CONNECTORS -> Texts.text("connectors.title");
            case ACTIVITY -> Texts.text("activity.title");
            case PROJECTS -> Texts.text("projects.screen");
            case SETTINGS -> Texts.text("settings.title");
            case UNDO -> Texts.text("shortcuts.undo");
            case HELP -> Texts.text("shortcuts.title");
            case QUIT -> Texts.text("rail.quit");
        };
    }
}
