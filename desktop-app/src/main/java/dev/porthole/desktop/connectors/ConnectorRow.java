package dev.porthole.desktop.connectors;

import static dev.porthole.desktop.ui.Texts.text;

import dev.porthole.desktop.connectors.ConnectorItem.Busy;
import dev.porthole.desktop.ui.Buttons;
import dev.porthole.desktop.ui.Confirmation;
import dev.porthole.desktop.ui.StateDot;
import dev.porthole.desktop.ui.Tone;
import dev.porthole.desktop.ui.Visible;
import javafx.geometry.Side;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** A connector: whether it is online and what it carries; an external one's ways in. */
final class ConnectorRow extends HBox {
    private final ConnectorItem item;
    private final ConnectorsViewModel model;
    private final StateDot dot = new StateDot(Tone.QUIET);
    private final Label name = new Label();
    private final Label kind = new Label();
    private final Label details = new Label();
    private final Label carries = new Label();
    private final Label problem = new Label();
    private final Button show;
    private final Button rotate;
    private final HBox ways;
    private final MenuButton menu = new MenuButton(null, new FontIcon(Feather.MORE_HORIZONTAL));

    ConnectorRow(ConnectorItem item, ConnectorsViewModel model) {
        this.item = item;
        this.model = model;
        getStyleClass().addAll("row", "connector-row");
        name.getStyleClass().add("strong");
        name.setMinWidth(40);
        kind.getStyleClass().add("pill");
        kind.setMinWidth(Region.USE_PREF_SIZE);
        details.getStyleClass().addAll("muted", "figures-in-words");
        details.setWrapText(true);
        details.setMinHeight(Region.USE_PREF_SIZE);
        carries.getStyleClass().addAll("muted", "small");
        carries.setWrapText(true);
        carries.setMinHeight(Region.USE_PREF_SIZE);
        problem.getStyleClass().add("pill");
        problem.setWrapText(true);
        problem.setMinHeight(Region.USE_PREF_SIZE);
        Tone.BAD.apply(problem);
        show = Buttons.plain(text("connector.show"), () -> model.showConnection(item));
        rotate = Buttons.plain(text("connector.rotate"), this::askToRotate);
        ways = new HBox(show, rotate);
        ways.getStyleClass().addAll("buttons", "connector-ways");
        HBox title = new HBox(name, kind);
        title.getStyleClass().add("words");
        VBox lines = new VBox(title, details, carries, ways, problem);
        lines.getStyleClass().add("lines");
        lines.setMinWidth(0);
        HBox.setHgrow(lines, Priority.ALWAYS);
        getChildren().addAll(dot, lines, prepareMenu());
        item.factsProperty().subscribe(this::render);
        item.busyProperty().subscribe(this::render);
        item.problemProperty().subscribe(this::render);
        render();
    }

    private MenuButton prepareMenu() {
        MenuItem delete = new MenuItem(text("connector.delete"));
        delete.getStyleClass().add("danger-item");
        delete.setOnAction(event -> Confirmation.ask(
                this,
                text("connector.delete.question", item.name()),
                text("connector.delete.text"),
                text("connector.delete.yes"),
                () -> model.delete(item)));
        menu.getItems().add(delete);
        menu.getStyleClass().addAll("icon-button", "no-arrow");
        menu.setPopupSide(Side.BOTTOM);
        return menu;
    }

    private void askToRotate() {
        Confirmation.ask(
                this,
                text("connector.rotate.question", item.name()),
                text("connector.rotate.text"),
                text("connector.rotate.yes"),
                () -> model.rotate(item));
    }

    private void render() {
        Busy busy = item.busyProperty().get();
        dot.setTone(item.tone());
        name.setText(item.name());
        kind.setText(item.kind());
        details.setText(item.details(model.moments()));
        carries.setText(item.carries());
        carries.setTooltip(new Tooltip(item.carries()));
        show.setText(text(busy == Busy.LOADING ? "connector.loading" : "connector.show"));
        show.setAccessibleText(text("connector.show.of", item.name()));
        rotate.setText(text(busy == Busy.ROTATING ? "connector.rotating" : "connector.rotate"));
        rotate.setAccessibleText(text("connector.rotate.of", item.name()));
        show.setDisable(busy != Busy.NO);
        rotate.setDisable(busy != Busy.NO);
        menu.setDisable(busy != Busy.NO);
        menu.setAccessibleText(text("connector.menu", item.name()));
        Visible.set(ways, item.external());
        Visible.set(menu, item.external());
        problem.setText(item.problemProperty().get());
        Visible.set(problem, !item.problemProperty().get().isEmpty());
    }
}
