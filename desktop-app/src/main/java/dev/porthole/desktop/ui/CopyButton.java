package dev.porthole.desktop.ui;

import javafx.animation.PauseTransition;
import javafx.scene.AccessibleAttribute;
import javafx.scene.control.Button;
import javafx.scene.control.Tooltip;
import javafx.util.Duration;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** Copies, and says so on itself for a moment. */
public final class CopyButton extends Button {
    private static final Duration CONFIRMATION = Duration.seconds(1.5);

    private final FontIcon icon = new FontIcon(Feather.COPY);
    private String name;
    private final PauseTransition confirmation = new PauseTransition(CONFIRMATION);

    private CopyButton(String text, String name, Runnable copy) {
        super(text.isEmpty() ? null : text);
        this.name = name;
        setGraphic(icon);
        setMinWidth(USE_PREF_SIZE);
        setAccessibleText(name);
        setTooltip(new Tooltip(name));
        setOnAction(event -> {
            copy.run();
            confirm();
        });
        confirmation.setOnFinished(event -> say(Feather.COPY, name));
    }

    /** The icon alone, named {@code name}. */
    public static CopyButton small(String name, Runnable copy) {
        CopyButton button = new CopyButton("", name, copy);
        button.getStyleClass().add("icon-button");
        return button;
    }

    /** With words; {@code name} says more to a screen reader. */
    public static CopyButton labelled(String text, String name, Runnable copy) {
        return new CopyButton(text, name, copy);
    }

    /** What a screen reader says, from now on. */
    public void rename(String newName) {
        if (!newName.equals(name)) {
            name = newName;
            setAccessibleText(newName);
        }
    }

    /** Shows the confirmation, also when something else did the copying. */
    public void confirm() {
        say(Feather.CHECK, Texts.text("copy.done"));
        confirmation.playFromStart();
    }

    private void say(Feather sign, String words) {
        icon.setIconCode(sign);
        setAccessibleText(words.equals(name) ? name : words + ". " + name);
        notifyAccessibleAttributeChanged(AccessibleAttribute.TEXT);
    }
}
