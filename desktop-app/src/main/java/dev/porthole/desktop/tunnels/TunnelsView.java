package dev.porthole.desktop.tunnels;

import static dev.porthole.desktop.ui.Texts.text;

import dev.porthole.desktop.tunnels.TunnelsViewModel.Filling;
import dev.porthole.desktop.ui.Buttons;
import dev.porthole.desktop.ui.EmptyState;
import dev.porthole.desktop.ui.FxBindings;
import dev.porthole.desktop.ui.NoticeBar;
import dev.porthole.desktop.ui.Tone;
import dev.porthole.desktop.ui.Visible;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javafx.collections.ListChangeListener;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;

/** The active project's tunnels. */
public final class TunnelsView extends VBox {
    private final TunnelsViewModel model;
    private final VBox rows = new VBox();
    private final Map<TunnelItem, TunnelRow> rowsByItem = new HashMap<>();

    /** @param share goes to the Share screen */
    public TunnelsView(TunnelsViewModel model, Runnable share) {
        this.model = model;
        getStyleClass().add("screen");
        rows.getStyleClass().addAll("card", "rows");
        ScrollPane list = new ScrollPane(new VBox(rows, loading(), failed(), nothing(share), notFound()));
        list.setFitToWidth(true);
        list.setFocusTraversable(false);
        VBox.setVgrow(list, Priority.ALWAYS);
        getChildren().addAll(heading(share), list);
        model.linkProblemProperty().subscribe(this::showLinkProblem);
        model.shown().addListener((ListChangeListener<TunnelItem>) change -> renderRows());
        renderRows();
        FxBindings.whileShown(this, model::follow);
    }

    private HBox heading(Runnable share) {
        Label title = new Label(text("tunnels.title"));
        title.getStyleClass().add("screen-title");
        title.setMinWidth(Region.USE_PREF_SIZE);
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        TextField search = new TextField();
        search.setId("tunnels-search");
        search.setPromptText(text("tunnels.search"));
        search.setAccessibleText(text("tunnels.search"));
        search.setPrefWidth(260);
        search.textProperty().bindBidirectional(model.searchProperty());
        Button another = Buttons.primary(text("tunnels.share"), share);
        another.setId("tunnels-share");
        HBox heading = new HBox(title, space, Visible.when(model.searchableProperty(), search), another);
        heading.getStyleClass().add("buttons");
        return heading;
    }

    private EmptyState nothing(Runnable share) {
        EmptyState nothing = new EmptyState(
                Feather.LINK_2,
                text("tunnels.empty"),
                text("tunnels.empty.text"),
                Buttons.plain(text("tunnels.empty.share"), share));
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

    private void renderRows() {
        rowsByItem.keySet().retainAll(model.shown());
        List<TunnelRow> next = model.shown().stream()
                .map(item -> rowsByItem.computeIfAbsent(item, it -> new TunnelRow(it, model)))
                .toList();
        rows.getChildren().setAll(next);
        Visible.set(rows, !next.isEmpty());
    }
}
