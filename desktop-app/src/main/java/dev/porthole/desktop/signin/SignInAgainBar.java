package dev.porthole.desktop.signin;

import static dev.porthole.desktop.ui.Texts.text;

import dev.porthole.desktop.signin.SignInViewModel.Phase;
import dev.porthole.desktop.ui.Buttons;
import dev.porthole.desktop.ui.CopyButton;
import dev.porthole.desktop.ui.FxBindings;
import dev.porthole.desktop.ui.NoticeBar;
import dev.porthole.desktop.ui.Tone;
import javafx.scene.control.Button;
import javafx.scene.layout.StackPane;

/** Above every screen while signing in again is needed or under way. */
public final class SignInAgainBar extends StackPane {
    private final SignInAgainViewModel model;

    public SignInAgainBar(SignInAgainViewModel model) {
        this.model = model;
        model.neededProperty().subscribe(this::render);
        model.phaseProperty().subscribe(this::render);
        render();
        FxBindings.whileShown(this, model::follow);
    }

    private void render() {
        getChildren().clear();
        switch (model.phaseProperty().get()) {
            case Phase.Starting _ ->
                getChildren()
                        .add(new NoticeBar(
                                Tone.WAITING,
                                text("welcome.embedded.starting"),
                                Buttons.plain(text("signin.cancel"), model::cancel)));
            case Phase.Waiting waiting -> {
                CopyButton copy =
                        CopyButton.labelled(text("signin.copyLink"), text("signin.copyLink"), model::copyLink);
                copy.setDisable(waiting.link() == null);
                getChildren()
                        .add(new NoticeBar(
                                Tone.WAITING,
                                WelcomeView.words(waiting),
                                copy,
                                Buttons.plain(text("signin.cancel"), model::cancel)));
            }
            case Phase.Failed failed
            when model.neededProperty().get() -> getChildren().add(new NoticeBar(Tone.BAD, failed.message(), again()));
            case Phase.Ready _
            when model.neededProperty().get() ->
                getChildren().add(new NoticeBar(Tone.WAITING, text("signin.ended", model.serverName()), again()));
            case Phase.Failed _, Phase.Ready _ -> {}
        }
        setVisible(!getChildren().isEmpty());
        setManaged(!getChildren().isEmpty());
    }

    private Button again() {
        return Buttons.primary(text("signin.again"), model::start);
    }
}
