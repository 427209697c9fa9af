package dev.porthole.desktop.activity;

import static dev.porthole.desktop.ui.Texts.text;

import dev.porthole.desktop.activity.ActivityViewModel.Filling;
import dev.porthole.desktop.ui.Buttons;
import dev.porthole.desktop.ui.EmptyState;
import dev.porthole.desktop.ui.FxBindings;
import dev.porthole.desktop.ui.NoticeBar;
import dev.porthole.desktop.ui.ShownAs;
import dev.porthole.desktop.ui.Tone;
import dev.porthole.desktop.ui.Visible;
import java.util.function.Function;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.scene.Node;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;

/** What was changed in the project, and by whom. */
public final class ActivityView extends VBox {
    /** All rows are of one height, so that the list never measures what it does not show. */
    private static final double ROW_HEIGHT = 52;

    private final ActivityViewModel model;

    public ActivityView(ActivityViewModel model) {
        this.model = model;
        getStyleClass().add("screen");
        ListView<ActivityEntry> list = new ListView<>(model.rows());
        list.setId("activity-list");
        list.setAccessibleText(text("activity.list"));
        list.getStyleClass().addAll("card", "activity-list");
        list.setFixedCellSize(ROW_HEIGHT);
        list.setCellFactory(any -> new ActivityCell(model));
        StackPane body = new StackPane(when(Filling.ENTRIES, list), loading(), failed(), nothing(), notFound());
        body.setMinHeight(0);
        VBox.setVgrow(body, Priority.ALWAYS);
        getChildren().addAll(heading(), body);
        model.problemProperty().subscribe(this::showProblem);
        FxBindings.whileShown(this, model::follow);
    }

    private HBox heading() {
        Label title = new Label(text("activity.title"));
        title.getStyleClass().add("screen-title");
        title.setMinWidth(Region.USE_PREF_SIZE);
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        ComboBox<ActivityKind> kinds = choice(
                text("activity.filter.kind"),
                FXCollections.observableArrayList(ActivityKind.values()),
                ActivityKind::words);
        kinds.setId("activity-kind");
        kinds.valueProperty().bindBidirectional(model.kindProperty());
        ComboBox<ActivityPerson> people = choice(text("activity.filter.person"), model.people(), ActivityPerson::words);
        people.setId("activity-person");
        people.valueProperty().bindBidirectional(model.personProperty());
        HBox heading = new HBox(title, space, kinds, people);
        heading.getStyleClass().add("buttons");
        return heading;
    }

    private static <T> ComboBox<T> choice(String name, ObservableList<T> items, Function<T, String> words) {
        ComboBox<T> box = new ComboBox<>(items);
        box.setAccessibleText(name);
        box.setPrefWidth(150);
        box.setMinWidth(120);
        box.setConverter(new ShownAs<>(words));
        return box;
    }

    private EmptyState nothing() {
        return when(Filling.EMPTY, new EmptyState(Feather.CLOCK, text("activity.empty"), text("activity.empty.text")));
    }

    private EmptyState notFound() {
        return when(
                Filling.NONE_FOUND,
                new EmptyState(
                        Feather.SEARCH,
                        text("activity.notFound"),
                        text("activity.notFound.text"),
                        Buttons.plain(text("activity.notFound.clear"), () -> {
                            model.kindProperty().set(ActivityKind.EVERYTHING);
                            model.personProperty().set(ActivityPerson.EVERYONE);
                        })));
    }

    private EmptyState loading() {
        return when(Filling.LOADING, new EmptyState(Feather.CLOCK, text("activity.loading"), ""));
    }

    private EmptyState failed() {
        EmptyState failed = new EmptyState(
                Feather.ALERT_CIRCLE,
                text("activity.failed"),
                "",
                Buttons.plain(text("action.tryAgain"), model::tryAgain));
        failed.sentenceProperty().bind(model.problemProperty());
        return when(Filling.FAILED, failed);
    }

    private <N extends Node> N when(Filling filling, N node) {
        return Visible.when(model.fillingProperty().map(it -> it == filling), node);
    }

    private void showProblem(String problem) {
        getChildren().removeIf(NoticeBar.class::isInstance);
        if (!problem.isEmpty() && !model.rows().isEmpty()) {
            getChildren()
                    .add(1, new NoticeBar(Tone.BAD, problem, Buttons.plain(text("action.tryAgain"), model::tryAgain)));
        }
    }
}
