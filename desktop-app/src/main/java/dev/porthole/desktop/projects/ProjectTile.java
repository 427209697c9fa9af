package dev.porthole.desktop.projects;

import dev.porthole.desktop.ui.PlainText;
import java.util.Locale;
import javafx.scene.control.Label;

/** The coloured square with a project's or organization's first letter. */
final class ProjectTile extends Label {
    ProjectTile() {
        getStyleClass().add("project-tile");
        // The name stands beside it.
        setFocusTraversable(false);
    }

    void setName(String name) {
        String plain = PlainText.of(name);
        setText(plain.isEmpty() ? "?" : Character.toString(plain.codePointAt(0)).toUpperCase(Locale.ROOT));
    }
}
