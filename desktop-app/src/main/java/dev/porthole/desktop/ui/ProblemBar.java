package dev.porthole.desktop.ui;

import static dev.porthole.desktop.ui.Texts.text;

import javafx.beans.value.ObservableValue;
import javafx.scene.layout.StackPane;
import org.kordamp.ikonli.feather.Feather;

/** Above a screen, while something did not work that has no place of its own there. */
public final class ProblemBar extends StackPane {
    /** @param problem for people; empty while nothing is wrong */
    public ProblemBar(ObservableValue<String> problem, Runnable dismiss) {
        problem.subscribe(words -> {
            getChildren().clear();
            if (!words.isEmpty()) {
                getChildren()
                        .add(new NoticeBar(Tone.BAD, words, Buttons.icon(Feather.X, text("undo.dismiss"), dismiss)));
            }
            Visible.set(this, !words.isEmpty());
        });
    }
}
