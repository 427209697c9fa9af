package dev.porthole.desktop.signin;

import static dev.porthole.desktop.ui.Texts.text;

import dev.porthole.desktop.ui.Buttons;
import dev.porthole.desktop.ui.FxBindings;
import dev.porthole.desktop.ui.NoticeBar;
import dev.porthole.desktop.ui.Tone;
import dev.porthole.desktop.ui.Visible;
import javafx.scene.layout.StackPane;

/** Above every screen while this computer's own server is wanted and does not run. */
public final class OwnServerBar extends StackPane {
    public OwnServerBar(OwnServerViewModel model) {
        setId("own-server");
        model.problemProperty().subscribe(problem -> {
            getChildren().clear();
            if (!problem.isEmpty()) {
                getChildren()
                        .add(new NoticeBar(
                                Tone.BAD,
                                text("embedded.failed", problem),
                                Buttons.primary(text("action.tryAgain"), model::resume)));
            }
            Visible.set(this, !problem.isEmpty());
        });
        FxBindings.whileShown(this, model::follow);
    }
}
