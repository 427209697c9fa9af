package dev.porthole.desktop.settings;

import static dev.porthole.desktop.ui.Texts.text;

import dev.porthole.core.update.Channel;
import dev.porthole.core.update.Release;
import dev.porthole.desktop.ProductVersion;
import dev.porthole.desktop.settings.UpdateDownload.State;
import dev.porthole.desktop.settings.UpdatesViewModel.Outcome;
import dev.porthole.desktop.ui.Buttons;
import dev.porthole.desktop.ui.PlainText;
import dev.porthole.desktop.ui.StateDot;
import dev.porthole.desktop.ui.Tone;
import dev.porthole.desktop.ui.Visible;
import java.util.EnumMap;
import java.util.Map;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** This release, and whether there is a newer one. */
final class UpdatesSection extends VBox {
    private final UpdatesViewModel model;
    private final StateDot dot = new StateDot(Tone.QUIET);
    private final Label found = new Label();
    private final Label last = new Label();
    private final Button install = Buttons.primary(text("updates.install"), this::install);
    private final Button page = Buttons.plain(text("updates.page"), this::openPage);

    UpdatesSection(UpdatesViewModel model) {
        this.model = model;
        getStyleClass().add("settings");
        if (model.canLook()) {
            getChildren().addAll(SettingRow.card(outcomeRow()), SettingRow.card(daily(), channels()));
            model.outcomeProperty().subscribe(this::render);
            model.lookingProperty().subscribe(this::render);
            model.download().stateProperty().subscribe(this::render);
            model.lookedAtProperty().subscribe(this::render);
            render();
        } else {
            getChildren()
                    .add(SettingRow.card(new SettingRow(
                            text("updates.thisRelease", ProductVersion.text()), text("updates.cannot"), new Region())));
        }
    }

    private HBox outcomeRow() {
        Label running = new Label(text("updates.thisRelease", ProductVersion.text()));
        running.setWrapText(true);
        running.setMinHeight(Region.USE_PREF_SIZE);
        found.getStyleClass().add("small");
        found.setWrapText(true);
        found.setMinHeight(Region.USE_PREF_SIZE);
        HBox.setHgrow(found, Priority.ALWAYS);
        HBox outcome = new HBox(dot, found);
        outcome.getStyleClass().add("words");
        last.getStyleClass().addAll("muted", "small");
        last.setWrapText(true);
        last.setMinHeight(Region.USE_PREF_SIZE);
        VBox words = new VBox(running, outcome, last);
        words.getStyleClass().add("lines");
        words.setMinWidth(0);
        HBox.setHgrow(words, Priority.ALWAYS);
        Button look = Buttons.plain(text("updates.look"), model::lookNow);
        look.setId("updates-look");
        look.disableProperty().bind(model.lookingProperty());
        page.setId("updates-page");
        install.setId("updates-install");
        HBox row = new HBox(words, install, page, look);
        row.getStyleClass().add("row");
        return row;
    }

    private SettingRow daily() {
        return SettingRow.onOff(
                "updates-daily", text("updates.daily"), text("updates.daily.text"), model.dailyProperty());
    }

    private ChoiceRow<Channel> channels() {
        Map<Channel, String> choices = new EnumMap<>(Channel.class);
        choices.put(Channel.STABLE, text("updates.stable"));
        choices.put(Channel.BETA, text("updates.beta"));
        return new ChoiceRow<>("channel", text("updates.channel"), model.channelProperty(), choices);
    }

    private void render() {
        Outcome outcome = model.outcomeProperty().get();
        boolean looking = model.lookingProperty().get();
        found.setText(looking ? text("updates.looking") : words(outcome));
        Visible.set(found, !found.getText().isEmpty());
        dot.setTone(
                looking
                        ? Tone.WAITING
                        : switch (outcome) {
                            case Outcome.NotLooked _ -> Tone.QUIET;
                            case Outcome.Newest _, Outcome.Newer _ -> Tone.GOOD;
                            case Outcome.Failed _ -> Tone.BAD;
                        });
        Visible.set(dot, !found.getText().isEmpty());
        boolean newer = outcome instanceof Outcome.Newer && !looking;
        Visible.set(page, newer);
        Visible.set(install, newer && model.download().stateProperty().get() instanceof State.Ready);
        // The one that most people want is the blue one.
        page.getStyleClass().remove("accent");
        if (newer && !install.isVisible()) {
            page.getStyleClass().add("accent");
        }
        last.setText(model.lookedAtProperty()
                .get()
                .map(at -> text("updates.last", model.moments().of(at)))
                .orElse(text("updates.never")));
    }

    private String words(Outcome outcome) {
        return switch (outcome) {
            case Outcome.NotLooked _ -> "";
            case Outcome.Newest _ -> text("updates.newest");
            case Outcome.Newer(Release release) -> {
                String version = PlainText.of(release.version().toString());
                String there = release.published() == null
                        ? text("updates.newer", version)
                        : text("updates.newer.since", version, model.moments().day(release.published()));
                yield switch (model.download().stateProperty().get()) {
                    case State.None _ -> there;
                    case State.Fetching(int percent) -> text("updates.fetching", version, percent);
                    case State.Ready _ -> text("updates.ready", version);
                    case State.Failed(String why) -> there + " " + why;
                };
            }
            case Outcome.Failed(String why) -> why;
        };
    }

    private void install() {
        model.download().install();
    }

    private void openPage() {
        if (model.outcomeProperty().get() instanceof Outcome.Newer(Release release)) {
            model.open(release);
        }
    }
}
