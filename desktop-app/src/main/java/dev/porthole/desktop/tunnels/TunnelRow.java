package dev.porthole.desktop.tunnels;

import static dev.porthole.desktop.ui.Texts.text;

import dev.porthole.desktop.ui.Buttons;
import dev.porthole.desktop.ui.Confirmation;
import dev.porthole.desktop.ui.CopyButton;
import dev.porthole.desktop.ui.PlainText;
import dev.porthole.desktop.ui.StateDot;
import dev.porthole.desktop.ui.Switch;
import dev.porthole.desktop.ui.Tone;
import dev.porthole.desktop.ui.Visible;
import javafx.geometry.Side;
import javafx.scene.control.Button;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.Tooltip;
import javafx.scene.input.MouseButton;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** A tunnel: its state, its address, its switch. */
final class TunnelRow extends HBox {
    private final TunnelItem item;
    private final TunnelsViewModel model;
    private final StateDot dot = new StateDot(Tone.QUIET);
    private final Label label = new Label();
    private final Label word = new Label();
    private final Label elsewhere = new Label(text("tunnel.elsewhere"));
    private final Hyperlink address = new Hyperlink();
    private final Label endpoint = new Label();
    private final Label note = new Label();
    private final CopyButton copy;
    private final Button open;
    private final Button useLocalhost;
    private final MenuItem opening = new MenuItem();
    private final Switch power = new Switch();
    private final MenuButton menu = new MenuButton(null, new FontIcon(Feather.MORE_HORIZONTAL));
    private final MenuItem stop = new MenuItem(text("tunnel.stop"));

    TunnelRow(TunnelItem item, TunnelsViewModel model) {
        this.item = item;
        this.model = model;
        getStyleClass().addAll("row", "tunnel-row");
        label.getStyleClass().add("strong");
        label.setMinWidth(40);
        word.getStyleClass().add("pill");
        word.setMinWidth(Region.USE_PREF_SIZE);
        elsewhere.getStyleClass().add("pill");
        elsewhere.setMinWidth(Region.USE_PREF_SIZE);
        endpoint.getStyleClass().addAll("mono", "muted");
        endpoint.setMinWidth(0);
        note.getStyleClass().addAll("small", "tunnel-note");
        note.setWrapText(true);
        note.setMinHeight(Region.USE_PREF_SIZE);
        copy = CopyButton.small(text("share.copyAddress"), () -> model.copy(item));
        open = Buttons.icon(Feather.EXTERNAL_LINK, text("action.open"), () -> model.open(item));
        HBox name = new HBox(label, word, elsewhere);
        name.getStyleClass().add("words");
        HBox where = new HBox(prepareAddress(), endpoint);
        where.getStyleClass().add("words");
        useLocalhost = Buttons.plain(text("tunnel.useLocalhost"), () -> model.useLocalhost(item));
        VBox lines = new VBox(name, where, note, useLocalhost);
        lines.getStyleClass().add("lines");
        lines.setMinWidth(0);
        HBox.setHgrow(lines, Priority.ALWAYS);
        power.setOnAction(event -> {
            model.toggle(item);
            render();
        });
        getChildren().addAll(dot, lines, copy, open, power, prepareMenu());
        item.stateProperty().subscribe(this::render);
        item.busyProperty().subscribe(this::render);
        item.problemProperty().subscribe(this::render);
        render();
    }

    private Hyperlink prepareAddress() {
        address.getStyleClass().addAll("mono", "address");
        address.setMnemonicParsing(false);
        address.setMinWidth(60);
        address.setTooltip(new Tooltip(text("tunnel.address.hint")));
        address.setOnAction(event -> {
            address.setVisited(false);
            model.copy(item);
            copy.confirm();
        });
        address.setOnMouseClicked(click -> {
            if (click.getButton() == MouseButton.PRIMARY && click.getClickCount() == 2) {
                model.open(item);
            }
        });
        return address;
    }

    private MenuButton prepareMenu() {
        opening.setText(text("action.open"));
        opening.setOnAction(event -> model.open(item));
        MenuItem copying = new MenuItem(text("share.copyAddress"));
        copying.setOnAction(event -> {
            model.copy(item);
            copy.confirm();
        });
        stop.setOnAction(event -> model.toggle(item));
        MenuItem delete = new MenuItem(text("tunnel.delete"));
        delete.getStyleClass().add("danger-item");
        delete.setOnAction(event -> Confirmation.ask(
                this,
                text("tunnel.delete.question", item.label()),
                text("tunnel.delete.text", PlainText.of(item.url())),
                text("tunnel.delete.yes"),
                () -> model.delete(item)));
        menu.getItems().addAll(opening, copying, stop, new SeparatorMenuItem(), delete);
        menu.getStyleClass().addAll("icon-button", "no-arrow");
        menu.setPopupSide(Side.BOTTOM);
        return menu;
    }

    private void render() {
        String name = item.label();
        dot.setTone(item.tone());
        label.setText(name);
        word.setText(item.word());
        item.tone().apply(word);
        Visible.set(elsewhere, !item.state().here() && item.on());
        address.setText(PlainText.of(item.url()));
        // Keeps its place: the buttons of all rows stand below each other.
        open.setVisible(item.opensInBrowser());
        opening.setVisible(item.opensInBrowser());
        endpoint.setText("→ " + item.endpoint());
        note.setText(item.note());
        Visible.set(note, !item.note().isEmpty());
        Visible.set(useLocalhost, item.canUseLocalhost());
        useLocalhost.setDisable(item.busyProperty().get());
        boolean bad = item.tone() == Tone.BAD || !item.problemProperty().get().isEmpty();
        (bad ? Tone.BAD : Tone.WAITING).apply(note);
        power.setSelected(item.on());
        power.setBusy(item.busyProperty().get());
        stop.setVisible(item.on());
        address.setAccessibleText(text("tunnel.address", name, PlainText.of(item.url())));
        copy.rename(text("share.copyAddressOf", name));
        useLocalhost.setAccessibleText(text("tunnel.useLocalhostOf", name));
        open.setAccessibleText(text("share.openAddressOf", name));
        power.setAccessibleText(text("tunnel.switch", name, item.word()));
        menu.setAccessibleText(text("tunnel.menu", name));
    }
}
