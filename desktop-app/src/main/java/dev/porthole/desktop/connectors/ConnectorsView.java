package dev.porthole.desktop.connectors;

import static dev.porthole.desktop.ui.Texts.text;

import dev.porthole.desktop.connectors.ConnectorsViewModel.Filling;
import dev.porthole.desktop.ui.Buttons;
import dev.porthole.desktop.ui.EmptyState;
import dev.porthole.desktop.ui.FxBindings;
import dev.porthole.desktop.ui.NameDialog;
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
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;

/** The active project's connectors: this device, other devices, and headless agents. */
public final class ConnectorsView extends VBox {
    private final ConnectorsViewModel model;
    private final VBox rows = new VBox();
    private final Map<ConnectorItem, ConnectorRow> rowsByItem = new HashMap<>();

    public ConnectorsView(ConnectorsViewModel model) {
        this.model = model;
        getStyleClass().add("screen");
        rows.getStyleClass().addAll("card", "rows");
        Label about = new Label(text("connectors.about"));
        about.getStyleClass().addAll("muted", "small", "below-list");
        about.setWrapText(true);
        about.setMinHeight(Region.USE_PREF_SIZE);
        VBox filled = new VBox(rows, Visible.when(model.fillingProperty().map(it -> it == Filling.CONNECTORS), about));
        ScrollPane list = new ScrollPane(new VBox(filled, loading(), failed(), nothing()));
        list.setFitToWidth(true);
        list.setFocusTraversable(false);
        VBox.setVgrow(list, Priority.ALWAYS);
        getChildren().addAll(heading(), list);
        model.shown().addListener((ListChangeListener<ConnectorItem>) change -> renderRows());
        renderRows();
        model.listProblemProperty().subscribe(this::showOldList);
        model.connectionProperty()
                .subscribe(shown -> shown.ifPresent(it -> {
                    if (getScene() != null) {
                        new ConnectionDialog(this, model, it).show();
                    }
                }));
        FxBindings.whileShown(this, model::follow);
    }

    private HBox heading() {
        Label title = new Label(text("connectors.title"));
        title.getStyleClass().add("screen-title");
        title.setMinWidth(Region.USE_PREF_SIZE);
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        Button create = Buttons.primary(text("connectors.new"), this::askForName);
        create.setId("connectors-new");
        HBox heading = new HBox(title, space, create);
        heading.getStyleClass().add("buttons");
        return heading;
    }

    private void askForName() {
        model.createAnew();
        NameDialog dialog = new NameDialog(
                this,
                text("connector.new.title"),
                text("connector.new.text"),
                text("connector.new.field"),
                text("connector.new.yes"));
        dialog.problemProperty().bind(model.createProblemProperty());
        dialog.busyProperty().bind(model.creatingProperty());
        dialog.onSubmit(name -> model.create(name, dialog::close));
        dialog.show();
    }

    private EmptyState nothing() {
        return when(
                Filling.EMPTY, new EmptyState(Feather.SERVER, text("connectors.empty"), text("connectors.empty.text")));
    }

    private EmptyState loading() {
        return when(Filling.LOADING, new EmptyState(Feather.SERVER, text("connectors.loading"), ""));
    }

    private EmptyState failed() {
        EmptyState failed = new EmptyState(
                Feather.ALERT_CIRCLE,
                text("connectors.failed"),
                "",
                Buttons.plain(text("action.tryAgain"), model::load));
        failed.sentenceProperty().bind(model.listProblemProperty());
        return when(Filling.FAILED, failed);
    }

    private <N extends Node> N when(Filling filling, N node) {
        return Visible.when(model.fillingProperty().map(it -> it == filling), node);
    }

    /** A list that could not be read again says so above it. */
    private void showOldList(String problem) {
        getChildren().removeIf(NoticeBar.class::isInstance);
        if (!problem.isEmpty() && !model.shown().isEmpty()) {
            getChildren().add(1, new NoticeBar(Tone.BAD, problem, Buttons.plain(text("action.tryAgain"), model::load)));
        }
    }

    private void renderRows() {
        rowsByItem.keySet().retainAll(model.shown());
        List<ConnectorRow> next = model.shown().stream()
                .map(item -> rowsByItem.computeIfAbsent(item, it -> new ConnectorRow(it, model)))
                .toList();
        rows.getChildren().setAll(next);
        Visible.set(rows, !next.isEmpty());
    }
}
