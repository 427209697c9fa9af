package dev.porthole.desktop.settings;

import java.util.Locale;
import java.util.Map;
import javafx.application.Platform;
import javafx.beans.property.ObjectProperty;
import javafx.scene.control.Label;
import javafx.scene.control.RadioButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;

/** A setting with a few choices, all of them in sight. */
final class ChoiceRow<E extends Enum<E>> extends HBox {
    private final ToggleGroup group = new ToggleGroup();
    private final ObjectProperty<E> chosen;

    /**
     * @param id what the choices' ids begin with
     * @param choices in their order, each with its words, in which an underscore marks a mnemonic
     */
    ChoiceRow(String id, String name, ObjectProperty<E> chosen, Map<E, String> choices) {
        this.chosen = chosen;
        Label words = new Label(name);
        words.getStyleClass().add("choice-name");
        // Wraps where the words are long and the window is small.
        FlowPane buttons = new FlowPane();
        buttons.getStyleClass().add("choices");
        HBox.setHgrow(buttons, Priority.ALWAYS);
        choices.forEach((value, text) -> buttons.getChildren().add(choice(id, name, value, text)));
        getChildren().addAll(words, buttons);
        getStyleClass().add("row");
    }

    private RadioButton choice(String id, String name, E value, String words) {
        RadioButton choice = new RadioButton(words);
        choice.setId(id + "-" + value.name().toLowerCase(Locale.ROOT));
        choice.setMnemonicParsing(true);
        choice.setMinWidth(Region.USE_PREF_SIZE);
        choice.setAccessibleText(name + ": " + words.replace("_", ""));
        choice.setToggleGroup(group);
        choice.setSelected(chosen.get() == value);
        chosen.subscribe(now -> choice.setSelected(now == value));
        // Not its action: the arrow keys of a group select without one. Later: they give the focus after they select.
        choice.selectedProperty().subscribe(selected -> {
            if (selected && chosen.get() != value) {
                Platform.runLater(() -> choose(choice, value));
            }
        });
        return choice;
    }

    private void choose(RadioButton choice, E value) {
        if (choice.isSelected()) {
            chosen.set(value);
        }
    }
}
