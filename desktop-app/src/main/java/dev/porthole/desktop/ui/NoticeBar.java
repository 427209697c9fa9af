package dev.porthole.desktop.ui;

import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;

/** A line across the screen that says what happened, with the buttons that do something about it. */
public final class NoticeBar extends HBox {
    public NoticeBar(Tone tone, String words, Node... actions) {
        getStyleClass().add("notice-bar");
        tone.apply(this);
        setAccessibleRole(AccessibleRole.TEXT);
        setAccessibleText(words);
        Label label = new Label(words);
        label.setWrapText(true);
        label.setMinHeight(Region.USE_PREF_SIZE);
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        getChildren().addAll(new StateDot(tone), label, space);
        getChildren().addAll(actions);
    }
}
