package dev.porthole.desktop.projects;

import static dev.porthole.desktop.ui.Texts.text;

import dev.porthole.core.api.Project;
import dev.porthole.desktop.ui.PlainText;
import java.util.Optional;
import java.util.stream.Stream;
import javafx.beans.value.ObservableValue;
import javafx.collections.ListChangeListener;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.RadioMenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** The active project at the top of the rail, and a menu of the others. */
public final class ProjectSwitcher extends MenuButton {
    /** Of more than these, the menu shows the recent ones alone. */
    static final int MANY = 8;

    private final ProjectsViewModel model;
    private final ObservableValue<Optional<Project>> active;
    private final Runnable all;
    private final ProjectTile tile = new ProjectTile();
    private final Label name = new Label();
    private final Label organization = new Label();

    /** @param all goes to the screen of all projects */
    public ProjectSwitcher(ProjectsViewModel model, ObservableValue<Optional<Project>> active, Runnable all) {
        this.model = model;
        this.all = all;
        this.active = active;
        setId("project-switcher");
        getStyleClass().add("project-switcher");
        setMnemonicParsing(false);
        setMaxWidth(Double.MAX_VALUE);
        name.getStyleClass().add("strong");
        organization.getStyleClass().addAll("muted", "small");
        VBox words = new VBox(name, organization);
        words.setMinWidth(0);
        HBox.setHgrow(words, Priority.ALWAYS);
        HBox line = new HBox(tile, words);
        line.getStyleClass().add("project-line");
        setGraphic(line);
        active.subscribe(this::render);
        model.projects().addListener((ListChangeListener<Project>) change -> fill());
        model.problemProperty().subscribe(this::fill);
        setOnShowing(event -> {
            fill();
            model.load();
        });
        fill();
    }

    private void render(Optional<Project> project) {
        String projectName = project.map(Project::name).map(PlainText::of).orElse(text("projects.noneActive"));
        String organizationName =
                project.map(it -> PlainText.of(it.organization().name())).orElse("");
        name.setText(projectName);
        organization.setText(organizationName);
        tile.setName(projectName);
        setAccessibleText(text("projects.switcher", projectName, organizationName));
        fill();
    }

    private void fill() {
        if (model.projects().isEmpty()) {
            String problem = model.problemProperty().get();
            MenuItem only = new MenuItem(problem.isEmpty() ? text("projects.loading") : problem);
            only.setMnemonicParsing(false);
            only.setDisable(true);
            getItems().setAll(only, new SeparatorMenuItem(), toAll());
            return;
        }
        String activeId = active.getValue().map(Project::id).orElse("");
        getItems()
                .setAll(Stream.concat(
                                offered(activeId).map(it -> item(it, it.id().equals(activeId))),
                                Stream.of(new SeparatorMenuItem(), toAll()))
                        .toList());
    }

    /** All, or of many those that one goes back to; the others are searched for on their screen. */
    private Stream<Project> offered(String activeId) {
        if (model.projects().size() <= MANY) {
            return model.projects().stream();
        }
        Stream<Project> active = model.projects().stream().filter(it -> it.id().equals(activeId));
        return Stream.concat(active, model.recent().stream()).distinct();
    }

    private MenuItem toAll() {
        MenuItem item = new MenuItem(
                model.projects().size() > MANY
                        ? text("projects.all.search", model.projects().size())
                        : text("projects.all"));
        item.setOnAction(event -> all.run());
        return item;
    }

    private MenuItem item(Project project, boolean isActive) {
        RadioMenuItem item = new RadioMenuItem(
                PlainText.of(text("projects.path", project.organization().name(), project.name())));
        item.setMnemonicParsing(false);
        item.setSelected(isActive);
        item.setOnAction(event -> {
            item.setSelected(isActive);
            if (!isActive) {
                model.choose(project);
            }
        });
        return item;
    }
}
