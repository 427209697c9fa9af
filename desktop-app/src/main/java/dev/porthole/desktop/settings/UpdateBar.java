package dev.porthole.desktop.settings;

import static dev.porthole.desktop.ui.Texts.text;

import dev.porthole.core.update.Release;
import dev.porthole.desktop.settings.UpdatesViewModel.Outcome;
import dev.porthole.desktop.ui.Buttons;
import dev.porthole.desktop.ui.NoticeBar;
import dev.porthole.desktop.ui.PlainText;
import dev.porthole.desktop.ui.Tone;
import dev.porthole.desktop.ui.Visible;
import javafx.scene.control.Button;
import javafx.scene.layout.VBox;

/** Says above every screen that there is a newer release, until someone has seen that. */
public final class UpdateBar extends VBox {
    public UpdateBar(UpdatesViewModel model) {
        model.outcomeProperty().subscribe(outcome -> show(model, outcome));
        model.download()
                .stateProperty()
                .subscribe(state -> show(model, model.outcomeProperty().get()));
        model.seenProperty()
                .subscribe(seen -> show(model, model.outcomeProperty().get()));
    }

    private void show(UpdatesViewModel model, Outcome outcome) {
        getChildren().clear();
        if (outcome instanceof Outcome.Newer(Release release)
                && !release.equals(model.seenProperty().get())) {
            String version = PlainText.of(release.version().toString());
            boolean ready = model.download().stateProperty().get() instanceof UpdateDownload.State.Ready;
            Button install = Buttons.primary(text("updates.install"), model.download()::install);
            Visible.set(install, ready);
            NoticeBar bar = new NoticeBar(
                    Tone.GOOD,
                    ready ? text("updates.ready", version) : text("updates.newer", version),
                    install,
                    Buttons.plain(text("updates.page"), () -> model.open(release)),
                    Buttons.plain(text("updates.later"), () -> model.seen(release)));
            bar.setId("update-notice");
            getChildren().add(bar);
        }
    }
}
