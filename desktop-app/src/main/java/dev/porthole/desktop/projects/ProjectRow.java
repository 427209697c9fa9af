package dev.porthole.desktop.projects;

import static dev.porthole.desktop.ui.Texts.text;

import dev.porthole.desktop.ui.Buttons;
import dev.porthole.desktop.ui.Confirmation;
import dev.porthole.desktop.ui.NameDialog;
import dev.porthole.desktop.ui.Tone;
import dev.porthole.desktop.ui.Visible;
import java.util.List;
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

/** A project: what it is, and going there. */
final class ProjectRow extends HBox {
    private final ProjectListViewModel model;
    private final ProjectTile tile = new ProjectTile();
    private final Label name = new Label();
    private final Label active = new Label(text("project.active"));
    private final Label details = new Label();
    private final Button go;
    private final MenuItem rename = new MenuItem(text("project.rename"));
    private final MenuItem leave = new MenuItem();
    private final MenuButton menu = new MenuButton(null, new FontIcon(Feather.MORE_HORIZONTAL));
    private ProjectItem item;

    ProjectRow(ProjectItem first, ProjectListViewModel model) {
        this.item = first;
        this.model = model;
        getStyleClass().add("row");
        name.getStyleClass().add("strong");
        name.setMinWidth(40);
        active.getStyleClass().add("pill");
        active.setMinWidth(Region.USE_PREF_SIZE);
        Tone.GOOD.apply(active);
        details.getStyleClass().addAll("muted", "small");
        details.setMinWidth(0);
        HBox title = new HBox(name, active);
        title.getStyleClass().add("words");
        VBox lines = new VBox(title, details);
        lines.getStyleClass().add("lines");
        lines.setMinWidth(0);
        HBox.setHgrow(lines, Priority.ALWAYS);
        go = Buttons.plain(text("project.go"), () -> model.choose(item));
        rename.setOnAction(event -> askForName());
        leave.setMnemonicParsing(false);
        leave.getStyleClass().add("danger-item");
        leave.setOnAction(event -> askToLeave());
        menu.getStyleClass().addAll("icon-button", "no-arrow");
        menu.setPopupSide(Side.BOTTOM);
        getChildren().addAll(tile, lines, go, menu);
        show(first);
    }

    void show(ProjectItem next) {
        item = next;
        tile.setName(next.name());
        name.setText(next.name());
        Visible.set(active, next.active());
        details.setText(next.details());
        details.setTooltip(new Tooltip(next.details()));
        go.setAccessibleText(text("projects.choose", next.name(), next.organization()));
        Visible.set(go, !next.active());
        leave.setText(text("project.leave", next.organization()));
        menu.setAccessibleText(text("project.menu", next.name()));
        menu.getItems().setAll(next.mayRename() ? List.of(rename, leave) : List.of(leave));
    }

    private void askForName() {
        model.nameAnew();
        NameDialog dialog = new NameDialog(
                        this,
                        text("project.rename.title", item.name()),
                        text("project.rename.text"),
                        text("project.name"),
                        text("project.rename.yes"))
                .startingWith(item.project().name());
        dialog.problemProperty().bind(model.nameProblemProperty());
        dialog.busyProperty().bind(model.busyProperty());
        dialog.onSubmit(typed -> model.rename(item, typed, dialog::close));
        dialog.show();
    }

    private void askToLeave() {
        List<String> stopping = model.whatStops(item);
        String consequences = stopping.isEmpty()
                ? text("project.leave.text", item.organization())
                : text("project.leave.stops", item.organization(), String.join(", ", stopping));
        Confirmation.ask(
                this,
                text("project.leave.question", item.organization()),
                consequences,
                text("project.leave.yes"),
                () -> model.leave(item));
    }
}
