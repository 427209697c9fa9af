package dev.porthole.desktop.projects;

import static dev.porthole.desktop.ui.Texts.text;

import dev.porthole.core.api.Project;
import dev.porthole.desktop.projects.AlsoRunning.OtherProject;
import dev.porthole.desktop.ui.Buttons;
import dev.porthole.desktop.ui.FxBindings;
import dev.porthole.desktop.ui.PlainText;
import dev.porthole.desktop.ui.StateDot;
import dev.porthole.desktop.ui.Tone;
import dev.porthole.desktop.ui.Visible;
import javafx.collections.ListChangeListener;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** Below a project's tunnels: what this computer carries of other projects, and the way there. */
public final class AlsoRunningView extends VBox {
    private final AlsoRunning model;

    public AlsoRunningView(AlsoRunning model) {
        this.model = model;
        setId("also-running");
        getStyleClass().add("also-running");
        model.others().addListener((ListChangeListener<OtherProject>) change -> render());
        render();
        FxBindings.whileShown(this, model::follow);
    }

    private void render() {
        getChildren().setAll(model.others().stream().map(this::line).toList());
        Visible.set(this, !getChildren().isEmpty());
    }

    private HBox line(OtherProject other) {
        String labels = String.join(", ", other.labels());
        String where = other.project()
                .map(it -> text("projects.path", PlainText.of(it.organization().name()), PlainText.of(it.name())))
                .orElse(text("also.elsewhere"));
        Label words = new Label(text("also.running", labels, where));
        words.setMinWidth(0);
        words.setTooltip(new Tooltip(words.getText()));
        HBox.setHgrow(words, Priority.ALWAYS);
        words.setMaxWidth(Double.MAX_VALUE);
        HBox line = new HBox(new StateDot(Tone.GOOD), words);
        other.project().ifPresent(project -> line.getChildren().add(switching(project)));
        line.getStyleClass().add("words");
        return line;
    }

    private Button switching(Project project) {
        Button go = Buttons.plain(text("project.go"), () -> model.goTo(project));
        go.setAccessibleText(
                text("projects.choose", project.name(), project.organization().name()));
        return go;
    }
}
