package dev.porthole.desktop.app;

import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;

/** The keys that work everywhere in the window; Ctrl here is Cmd on a Mac. */
enum Shortcut {
    SHARE(KeyCode.DIGIT1),
    TUNNELS(KeyCode.DIGIT2),
    SETTINGS(KeyCode.COMMA),
    QUIT(KeyCode.Q);

    private final KeyCode key;

    Shortcut(KeyCode key) {
        this.key = key;
    }

    KeyCombination keys() {
        return new KeyCodeCombination(key, KeyCombination.SHORTCUT_DOWN);
    }
}
