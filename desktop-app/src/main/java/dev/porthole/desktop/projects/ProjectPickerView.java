package dev.porthole.desktop.projects;

import static dev.porthole.desktop.ui.Texts.text;

import dev.porthole.core.api.Project;
import dev.porthole.desktop.ui.Buttons;
import dev.porthole.desktop.ui.Mark;
import dev.porthole.desktop.ui.PlainText;
import dev.porthole.desktop.ui.Visible;
import javafx.collections.ListChangeListener;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** "Which project?", once after signing in, when there are several. */
public final class ProjectPickerView extends VBox {
    private final ProjectsViewModel model;
    private final VBox rows = new VBox();

    public ProjectPickerView(ProjectsViewModel model) {
        this.model = model;
        getStyleClass().add("welcome");
        Label title = new Label(text("projects.title"));
        title.getStyleClass().add("welcome-title");
        Label subtitle = new Label(text("projects.subtitle"));
        subtitle.getStyleClass().addAll("muted", "welcome-subtitle");
        Label loading = new Label(text("projects.loading"));
        loading.getStyleClass().add("muted");
        rows.getStyleClass().addAll("card", "rows");
        ScrollPane scroll = new ScrollPane(rows);
        scroll.setFitToWidth(true);
        scroll.setMaxWidth(520);
        scroll.setMaxHeight(320);
        scroll.setFocusTraversable(false);
        Label problem = new Label();
        problem.textProperty().bind(model.problemProperty());
        problem.getStyleClass().add("problem");
        problem.setWrapText(true);
        problem.setMaxWidth(520);
        problem.setMinHeight(Region.USE_PREF_SIZE);
        Button again = Buttons.plain(text("action.tryAgain"), model::loadForPicking);
        getChildren()
                .addAll(
                        new Mark(68),
                        title,
                        subtitle,
                        Visible.when(model.loadingProperty(), loading),
                        Visible.when(model.loadingProperty().map(busy -> !busy), scroll),
                        Visible.when(model.problemProperty().isNotEmpty(), problem),
                        Visible.when(model.problemProperty().isNotEmpty(), again));
        model.projects().addListener((ListChangeListener<Project>) change -> render());
        render();
    }

    private void render() {
        rows.getChildren().setAll(model.projects().stream().map(this::row).toList());
        Visible.set(rows, !model.projects().isEmpty());
        if (getScene() != null && !rows.getChildren().isEmpty()) {
            rows.getChildren().getFirst().requestFocus();
        }
    }

    private Button row(Project project) {
        ProjectTile tile = new ProjectTile();
        tile.setName(project.name());
        Label name = new Label(PlainText.of(project.name()));
        name.getStyleClass().add("strong");
        Label organization = new Label(PlainText.of(project.organization().name()));
        organization.getStyleClass().addAll("muted", "small");
        VBox words = new VBox(name, organization);
        HBox line = new HBox(tile, words);
        line.getStyleClass().add("project-line");
        Button row = new Button(null, line);
        row.getStyleClass().setAll("button", "row-button");
        row.setMaxWidth(Double.MAX_VALUE);
        row.setAccessibleText(
                text("projects.choose", project.name(), project.organization().name()));
        row.setOnAction(event -> model.choose(project));
        return row;
    }
}
