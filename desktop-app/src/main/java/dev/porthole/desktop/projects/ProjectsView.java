package dev.porthole.desktop.projects;

import static dev.porthole.desktop.ui.Texts.text;

import dev.porthole.core.api.Organization;
import dev.porthole.desktop.projects.ProjectListViewModel.Filling;
import dev.porthole.desktop.ui.Buttons;
import dev.porthole.desktop.ui.EmptyState;
import dev.porthole.desktop.ui.FxBindings;
import dev.porthole.desktop.ui.NameDialog;
import dev.porthole.desktop.ui.NoticeBar;
import dev.porthole.desktop.ui.PlainText;
import dev.porthole.desktop.ui.ShownAs;
import dev.porthole.desktop.ui.Tone;
import dev.porthole.desktop.ui.Visible;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javafx.beans.binding.Bindings;
import javafx.collections.FXCollections;
import javafx.collections.ListChangeListener;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;

/** All projects: going to another, making one, renaming, leaving. */
public final class ProjectsView extends VBox {
    private final ProjectListViewModel model;
    private final VBox rows = new VBox();
    private final Map<String, ProjectRow> rowsById = new HashMap<>();

    public ProjectsView(ProjectListViewModel model) {
        this.model = model;
        getStyleClass().add("screen");
        rows.getStyleClass().addAll("card", "rows");
        Label about = new Label(text("projects.subtitle"));
        about.getStyleClass().addAll("muted", "small", "below-list");
        ScrollPane list =
                new ScrollPane(new VBox(rows, when(Filling.PROJECTS, about), loading(), failed(), notFound()));
        list.setFitToWidth(true);
        list.setFocusTraversable(false);
        VBox.setVgrow(list, Priority.ALWAYS);
        getChildren().addAll(heading(), list);
        model.shown().addListener((ListChangeListener<ProjectItem>) change -> renderRows());
        renderRows();
        model.problemProperty().subscribe(this::showProblem);
        FxBindings.whileShown(this, model::follow);
    }

    /** Asks what a new project is to be called. */
    public void askForNewProject() {
        model.nameAnew();
        NameDialog dialog = new NameDialog(
                this,
                text("project.new.title"),
                text("project.new.text"),
                text("project.name"),
                text("project.new.yes"));
        ComboBox<Organization> owner = owners();
        if (model.owned().size() > 1) {
            Label name = new Label(text("project.new.organization"));
            name.setLabelFor(owner);
            dialog.with(new VBox(4, name, owner));
        }
        dialog.problemProperty().bind(model.nameProblemProperty());
        dialog.busyProperty().bind(model.busyProperty());
        dialog.onSubmit(typed -> model.create(typed, owner.getValue(), dialog::close));
        dialog.show();
    }

    private ComboBox<Organization> owners() {
        ComboBox<Organization> owner = new ComboBox<>(FXCollections.observableArrayList(model.owned()));
        owner.setAccessibleText(text("project.new.organization"));
        owner.setMaxWidth(Double.MAX_VALUE);
        owner.setConverter(new ShownAs<>(organization -> PlainText.of(organization.name())));
        owner.getSelectionModel().selectFirst();
        return owner;
    }

    private HBox heading() {
        Label title = new Label(text("projects.screen"));
        title.getStyleClass().add("screen-title");
        title.setMinWidth(Region.USE_PREF_SIZE);
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        TextField search = new TextField();
        search.setId("projects-search");
        search.setPromptText(text("projects.search"));
        search.setAccessibleText(text("projects.search"));
        search.setPrefWidth(220);
        search.textProperty().bindBidirectional(model.searchProperty());
        Button create = Buttons.primary(text("projects.new"), this::askForNewProject);
        create.setId("projects-new");
        HBox heading = new HBox(
                title,
                space,
                Visible.when(model.searchableProperty(), search),
                Visible.when(Bindings.isNotEmpty(model.owned()), create));
        heading.getStyleClass().add("buttons");
        return heading;
    }

    private EmptyState loading() {
        return when(Filling.LOADING, new EmptyState(Feather.FOLDER, text("projects.loading"), ""));
    }

    private EmptyState failed() {
        EmptyState failed = new EmptyState(
                Feather.ALERT_CIRCLE, text("projects.failed"), "", Buttons.plain(text("action.tryAgain"), model::load));
        failed.sentenceProperty().bind(model.problemProperty());
        return when(Filling.FAILED, failed);
    }

    private EmptyState notFound() {
        return when(
                Filling.NONE_FOUND,
                new EmptyState(
                        Feather.SEARCH,
                        text("projects.notFound"),
                        "",
                        Buttons.plain(
                                text("tunnels.notFound.clear"),
                                () -> model.searchProperty().set(""))));
    }

    private <N extends Node> N when(Filling filling, N node) {
        return Visible.when(model.fillingProperty().map(it -> it == filling), node);
    }

    private void showProblem(String problem) {
        getChildren().removeIf(NoticeBar.class::isInstance);
        if (!problem.isEmpty() && !model.shown().isEmpty()) {
            getChildren().add(1, new NoticeBar(Tone.BAD, problem));
        }
    }

    private void renderRows() {
        List<ProjectItem> items = List.copyOf(model.shown());
        rowsById.keySet().retainAll(items.stream().map(ProjectItem::id).toList());
        List<ProjectRow> next = items.stream().map(this::row).toList();
        if (!rows.getChildren().equals(next)) {
            rows.getChildren().setAll(next);
        }
        Visible.set(rows, !next.isEmpty());
    }

    private ProjectRow row(ProjectItem item) {
        ProjectRow row = rowsById.computeIfAbsent(item.id(), id -> new ProjectRow(item, model));
        row.show(item);
        return row;
    }
}
