package dev.porthole.desktop.ui;

import javafx.beans.property.StringProperty;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.javafx.FontIcon;

/** What a list says while it has nothing to show: a sign, a line, a sentence, and what to do about it. */
public final class EmptyState extends VBox {
    private final Label explanation;

    public EmptyState(Ikon icon, String title, String sentence, Node... actions) {
        getStyleClass().add("empty-state");
        Label heading = new Label(title);
        heading.getStyleClass().add("strong");
        explanation = new Label(sentence);
        explanation.getStyleClass().add("muted");
        explanation.setWrapText(true);
        getChildren().addAll(new FontIcon(icon), heading, explanation);
        getChildren().addAll(actions);
    }

    /** The sentence, for one that changes. */
    public StringProperty sentenceProperty() {
        return explanation.textProperty();
    }
}
