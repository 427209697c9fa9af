package dev.porthole.desktop.doctor;

import static dev.porthole.desktop.ui.Texts.text;

import dev.porthole.core.doctor.Check;
import dev.porthole.core.doctor.Finding;
import dev.porthole.core.doctor.Verdict;
import dev.porthole.desktop.ui.Buttons;
import dev.porthole.desktop.ui.PlainText;
import dev.porthole.desktop.ui.Visible;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import javafx.beans.binding.Bindings;
import javafx.collections.MapChangeListener;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** Diagnostics: the doctor's checks with what mends them, and the bundle for someone else. */
public final class DoctorSection extends VBox {
    private final DoctorViewModel model;
    private final Map<Check, FindingRow> rows = new EnumMap<>(Check.class);
    private final Label summary = new Label();
    private final Button run;
    private final Button stop;

    /** @param showTunnels goes to the Tunnels screen */
    public DoctorSection(DoctorViewModel model, Runnable showTunnels) {
        this.model = model;
        getStyleClass().add("settings");
        run = Buttons.primary(text("doctor.run"), model::examine);
        run.setId("doctor-run");
        stop = Buttons.plain(text("doctor.stop"), model::cancel);
        stop.setId("doctor-stop");
        VBox findings = new VBox();
        findings.getStyleClass().addAll("card", "rows");
        for (Check check : Check.values()) {
            FindingRow row = new FindingRow(check, model, showTunnels);
            rows.put(check, row);
            findings.getChildren().add(row);
        }
        getChildren().addAll(head(), problem(), findings, bundle());
        model.findings().addListener((MapChangeListener<Check, Finding>) change -> render());
        model.runningProperty().subscribe(this::render);
        render();
    }

    private HBox head() {
        summary.setWrapText(true);
        summary.setMinHeight(Region.USE_PREF_SIZE);
        summary.getStyleClass().add("muted");
        HBox.setHgrow(summary, Priority.ALWAYS);
        summary.setMaxWidth(Double.MAX_VALUE);
        HBox head = new HBox(
                summary,
                Visible.when(model.runningProperty(), stop),
                Visible.when(model.runningProperty().not(), run));
        head.getStyleClass().add("words");
        return head;
    }

    private Label problem() {
        Label problem = new Label();
        problem.textProperty().bind(model.problemProperty());
        problem.getStyleClass().addAll("problem", "small");
        problem.setWrapText(true);
        problem.setMinHeight(Region.USE_PREF_SIZE);
        return Visible.when(model.problemProperty().isNotEmpty(), problem);
    }

    private VBox bundle() {
        Label words = new Label(text("doctor.bundle.text"));
        words.getStyleClass().add("muted");
        words.setWrapText(true);
        words.setMinHeight(Region.USE_PREF_SIZE);
        HBox.setHgrow(words, Priority.ALWAYS);
        words.setMaxWidth(Double.MAX_VALUE);
        Button export = Buttons.plain(text("doctor.bundle.export"), model::export);
        export.setId("doctor-export");
        export.disableProperty().bind(model.runningProperty());
        HBox row = new HBox(words, export);
        row.getStyleClass().add("row");
        Label where = new Label();
        where.setWrapText(true);
        where.setMinHeight(Region.USE_PREF_SIZE);
        HBox.setHgrow(where, Priority.ALWAYS);
        where.setMaxWidth(Double.MAX_VALUE);
        where.textProperty().bind(Bindings.createStringBinding(this::savedWords, model.savedProperty()));
        Button copy = Buttons.plain(
                text("doctor.bundle.copyPath"),
                () -> model.savedProperty().get().ifPresent(model::copyPath));
        HBox saved = new HBox(where, copy);
        saved.getStyleClass().add("row");
        VBox card = new VBox(row, Visible.when(model.savedProperty().map(Optional::isPresent), saved));
        card.getStyleClass().addAll("card", "rows");
        return card;
    }

    private String savedWords() {
        Path file = model.savedProperty().get().orElse(null);
        return file == null ? "" : text("doctor.bundle.saved", PlainText.of(file.toString()));
    }

    private void render() {
        rows.forEach(
                (check, row) -> row.show(finding(check), model.runningProperty().get()));
        summary.setText(summaryWords());
        boolean again = model.lookedProperty().get();
        run.setText(text(again ? "doctor.runAgain" : "doctor.run"));
        run.setAccessibleText(run.getText().replace("_", ""));
    }

    private @Nullable Finding finding(Check check) {
        return model.findings().get(check);
    }

    private String summaryWords() {
        if (model.runningProperty().get()) {
            return text("doctor.looking", model.findings().size(), Check.values().length);
        }
        if (model.findings().isEmpty()) {
            return text("doctor.text");
        }
        long failed = model.count(Verdict.FAIL);
        return failed == 0 ? text("doctor.allWell") : text("doctor.somethingWrong", failed);
    }
}
