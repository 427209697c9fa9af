package dev.porthole.desktop.tunnels;

import static dev.porthole.desktop.ui.Texts.text;

import dev.porthole.desktop.tunnels.TunnelsViewModel.Filling;
import dev.porthole.desktop.ui.Buttons;
import dev.porthole.desktop.ui.EmptyState;
import dev.porthole.desktop.ui.NoticeBar;
import dev.porthole.desktop.ui.Tone;
import dev.porthole.desktop.ui.Visible;
import java.util.List;
import javafx.beans.binding.Bindings;
import javafx.collections.ListChangeListener;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.SelectionMode;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;

/** The active project's tunnels. */
public final class TunnelsView extends VBox {
    private final TunnelsViewModel model;
    private final TunnelDoors doors;
    private final ListView<TunnelItem> list = new ListView<>();

    public TunnelsView(TunnelsViewModel model, TunnelDoors doors) {
        this.model = model;
        this.doors = doors;
        getStyleClass().add("screen");
        prepareList();
        StackPane place = new StackPane(list, loading(), failed(), nothing(), notFound());
        VBox.setVgrow(place, Priority.ALWAYS);
        getChildren().addAll(heading(), chosen(), place);
        model.linkProblemProperty().subscribe(this::showLinkProblem);
    }

    private void prepareList() {
        list.setId("tunnels-list");
        list.getStyleClass().add("tunnel-list");
        list.setAccessibleText(text("tunnels.title"));
        list.setItems(model.shown());
        list.setCellFactory(_ -> new TunnelCell(item -> new TunnelRow(item, model, doors)));
        list.getSelectionModel().setSelectionMode(SelectionMode.MULTIPLE);
        list.setOnKeyPressed(key -> {
            TunnelItem focused = list.getFocusModel().getFocusedItem();
            if (key.getCode() == KeyCode.ENTER && list.isFocused() && focused != null) {
                doors.page(focused.id());
                key.consume();
            } else if (key.getCode() == KeyCode.ESCAPE) {
                list.getSelectionModel().clearSelection();
            }
        });
        Visible.when(model.fillingProperty().map(it -> it == Filling.TUNNELS), list);
        // Which cell is the first and which the last shows in their corners.
        model.shown().addListener((ListChangeListener<TunnelItem>) change -> list.refresh());
    }

    private HBox heading() {
        Label title = new Label(text("tunnels.title"));
        title.getStyleClass().add("screen-title");
        title.setMinWidth(Region.USE_PREF_SIZE);
        TextField search = new TextField();
        search.setId("tunnels-search");
        search.setPromptText(text("tunnels.search"));
        search.setAccessibleText(text("tunnels.search"));
        search.setPrefWidth(260);
        search.textProperty().bindBidirectional(model.searchProperty());
        Button another = Buttons.primary(text("tunnels.share"), doors::share);
        another.setId("tunnels-share");
        HBox heading = new HBox(title, space(), Visible.when(model.searchableProperty(), search), another);
        heading.getStyleClass().add("buttons");
        return heading;
    }

    /** What can be done with several at once. */
    private HBox chosen() {
        Label count = new Label();
        Button stop = Buttons.plain(text("tunnels.stopChosen"), () -> {
            List<TunnelItem> stopping = List.copyOf(list.getSelectionModel().getSelectedItems());
            list.getSelectionModel().clearSelection();
            model.actions().stop(stopping);
        });
        stop.setId("tunnels-stop-chosen");
        Button none = Buttons.plain(
                text("tunnels.chooseNone"), () -> list.getSelectionModel().clearSelection());
        HBox bar = new HBox(count, space(), stop, none);
        bar.getStyleClass().addAll("buttons", "chosen-bar");
        var number = Bindings.size(list.getSelectionModel().getSelectedItems());
        count.textProperty().bind(number.map(chosen -> text("tunnels.chosen", chosen)));
        return Visible.when(number.greaterThan(1), bar);
    }

    private EmptyState nothing() {
        EmptyState nothing = new EmptyState(
                Feather.LINK_2,
                text("tunnels.empty"),
                text("tunnels.empty.text"),
                Buttons.plain(text("tunnels.empty.share"), doors::share));
        return when(Filling.EMPTY, nothing);
    }

    private EmptyState notFound() {
        EmptyState notFound = new EmptyState(
                Feather.SEARCH,
                text("tunnels.notFound"),
                text("tunnels.notFound.text"),
                Buttons.plain(
                        text("tunnels.notFound.clear"),
                        () -> model.searchProperty().set("")));
        return when(Filling.NONE_FOUND, notFound);
    }

    private EmptyState loading() {
        return when(Filling.LOADING, new EmptyState(Feather.LINK_2, text("tunnels.loading"), ""));
    }

    private EmptyState failed() {
        EmptyState failed = new EmptyState(
                Feather.ALERT_CIRCLE, text("tunnels.failed"), "", Buttons.plain(text("action.tryAgain"), model::load));
        failed.sentenceProperty().bind(model.listProblemProperty());
        return when(Filling.FAILED, failed);
    }

    private <N extends Node> N when(Filling filling, N node) {
        return Visible.when(model.fillingProperty().map(it -> it == filling), node);
    }

    private void showLinkProblem(String reason) {
        getChildren().removeIf(NoticeBar.class::isInstance);
        if (!reason.isEmpty()) {
            getChildren().add(1, new NoticeBar(Tone.WAITING, text("tunnels.reconnecting", reason)));
        }
    }

    private static Region space() {
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        return space;
    }
}
