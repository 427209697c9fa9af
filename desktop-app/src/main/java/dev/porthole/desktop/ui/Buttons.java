package dev.porthole.desktop.ui;

import javafx.scene.control.Button;
import javafx.scene.control.Tooltip;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.javafx.FontIcon;

/** The kinds of buttons, so that every screen has the same ones. */
public final class Buttons {
    private Buttons() {}

    /** The one that most people came for; one to a card. */
    public static Button primary(String text, Runnable action) {
        Button button = plain(text, action);
        button.getStyleClass().add("accent");
        return button;
    }

    /** Every other one. */
    public static Button plain(String text, Runnable action) {
        Button button = new Button(text);
        button.setMnemonicParsing(true);
        button.setMinWidth(Button.USE_PREF_SIZE);
        button.setAccessibleText(text.replace("_", ""));
        button.setOnAction(event -> action.run());
        return button;
    }

    /** An icon alone; its name is its tooltip and what a screen reader says. */
    public static Button icon(Ikon icon, String name, Runnable action) {
        Button button = new Button(null, new FontIcon(icon));
        button.getStyleClass().add("icon-button");
        button.setAccessibleText(name);
        button.setTooltip(new Tooltip(name));
        button.setOnAction(event -> action.run());
        return button;
    }
}
