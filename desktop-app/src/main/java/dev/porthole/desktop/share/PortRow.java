package dev.porthole.desktop.share;

import static dev.porthole.desktop.ui.Texts.text;

import dev.porthole.core.TunnelState;
import dev.porthole.desktop.ui.Buttons;
import dev.porthole.desktop.ui.CopyButton;
import dev.porthole.desktop.ui.Tone;
import dev.porthole.desktop.ui.Visible;
import javafx.geometry.Pos;
import javafx.geometry.Side;
import javafx.scene.control.Button;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.OverrunStyle;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** A program that listens, with its one button and a menu; below it, what one chooses before sharing. */
final class PortRow extends VBox {
    private static final int LONGEST_WHOLE_TITLE = 24;
    /** In a narrower row the copy button shows its icon alone. */
    private static final double ROOM_FOR_WORDS = 520;

    private final ShareViewModel model;
    private final FontIcon sign = new FontIcon(Feather.HELP_CIRCLE);
    private final Label tile = new Label();
    private final Label title = new Label();
    private final Label details = new Label();
    private final Tooltip whole = new Tooltip();
    private final Label port = new Label();
    private final Label badge = new Label();
    private final Label note = new Label();
    private final Button share;
    private final CopyButton copy;
    private final Button open;
    private final MenuItem copyCommand = new MenuItem(text("share.menu.copyCommand"));
    private final MenuButton menu = new MenuButton(null, new FontIcon(Feather.MORE_HORIZONTAL));
    private final MenuItem choose = new MenuItem(text("share.menu.choose"));
    private final MenuItem ownUrl = new MenuItem(text("share.menu.ownUrl"));
    private final MenuItem forgetOwnUrl = new MenuItem(text("share.menu.forgetOwnUrl"));
    private final PortChoices choices;
    private PortItem item;

    PortRow(PortItem first, ShareViewModel model) {
        this.model = model;
        item = first;
        share = Buttons.plain("", () -> model.share(item));
        copy = CopyButton.labelled(text("share.copyAddress"), text("share.copyAddress"), () -> model.copy(item.url()));
        open = Buttons.icon(Feather.EXTERNAL_LINK, text("action.open"), () -> model.open(item.url()));
        choices = new PortChoices(first, model);
        tile.getStyleClass().add("letter-tile");
        tile.setGraphic(sign);
        tile.setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
        title.getStyleClass().add("strong");
        details.getStyleClass().add("muted");
        details.setTextOverrun(OverrunStyle.ELLIPSIS);
        details.setMinWidth(0);
        details.setTooltip(whole);
        port.getStyleClass().addAll("mono", "muted");
        port.setMinWidth(Region.USE_PREF_SIZE);
        badge.getStyleClass().add("pill");
        badge.setMinWidth(Region.USE_PREF_SIZE);
        note.getStyleClass().addAll("small", "tunnel-note");
        note.setWrapText(true);
        note.setMinHeight(Region.USE_PREF_SIZE);
        Tone.WAITING.apply(note);
        HBox line = new HBox(title, details);
        line.getStyleClass().add("words");
        VBox words = new VBox(line, note);
        words.setAlignment(Pos.CENTER_LEFT);
        words.setMinWidth(0);
        HBox.setHgrow(words, Priority.ALWAYS);
        HBox row = new HBox(tile, words, port, badge, copy, open, share, prepareMenu());
        row.getStyleClass().add("row");
        getChildren().addAll(row, choices);
        widthProperty().subscribe(this::fit);
        show(first);
    }

    private MenuButton prepareMenu() {
        menu.getStyleClass().addAll("icon-button", "no-arrow");
        menu.setPopupSide(Side.BOTTOM);
        choose.setOnAction(event -> choices.open());
        copyCommand.setOnAction(event -> model.copy(item.command()));
        ownUrl.setOnAction(event -> model.ownUrl().show(item));
        forgetOwnUrl.setOnAction(event -> model.ownUrl().forget(item));
        menu.getItems().setAll(choose, ownUrl, forgetOwnUrl, copyCommand);
        return menu;
    }

    void show(PortItem next) {
        item = next;
        sign.setIconCode(ProgramIcon.of(next.kind()));
        title.setText(next.title());
        // Details give way to the title, unless the title alone would push the button out.
        title.setMinWidth(next.title().length() <= LONGEST_WHOLE_TITLE ? Region.USE_PREF_SIZE : 160);
        details.setText(next.details());
        whole.setText(next.command().isEmpty() ? next.details() : next.details() + "\n" + next.command());
        port.setText(":" + next.port());
        boolean shared = next.gone() || phase(TunnelState.Phase.READY) || phase(TunnelState.Phase.ENDPOINT_DOWN);
        boolean starting = next.tunnel().isPresent() && !shared;
        boolean own = next.ownUrl().isPresent();
        badge.setText(text(own ? "tunnel.ownUrl" : next.gone() ? "share.gone" : "share.shared"));
        (next.gone() ? Tone.WAITING : Tone.GOOD).apply(badge);
        note.setText(next.gone() ? text("share.gone.text") : "");
        Visible.set(note, next.gone());
        share.setText(text(starting ? "share.sharing" : next.overTcp() ? "share.overTcp" : "share.button"));
        share.setDisable(starting);
        share.setAccessibleText(text("share.what", next.title(), Integer.toString(next.port())));
        // Most people came for a web app: only that is the blue one.
        share.getStyleClass().removeAll("accent");
        if (!next.overTcp()) {
            share.getStyleClass().add("accent");
        }
        copy.rename(text("share.copyAddressOf", next.title()));
        open.setAccessibleText(text("share.openAddressOf", next.title()));
        menu.setAccessibleText(text("share.menu", next.title(), Integer.toString(next.port())));
        choose.setVisible(next.tunnel().isEmpty());
        // What comes from outside is not chosen here, nor forgotten.
        boolean chosenHere = next.ownUrl().filter(url -> url.fromOutside()).isEmpty();
        ownUrl.setVisible(next.tunnel().isEmpty() && chosenHere && !next.overTcp());
        forgetOwnUrl.setVisible(own && chosenHere);
        copyCommand.setVisible(!next.command().isEmpty());
        choices.show(next);
        Visible.set(badge, shared || own);
        Visible.set(copy, shared || own);
        Visible.set(open, shared && !next.overTcp());
        fit();
        Visible.set(share, !shared);
        Visible.set(menu, menu.getItems().stream().anyMatch(MenuItem::isVisible));
    }

    /** Beside a button that shares there is less room, too. */
    private void fit() {
        boolean narrow = getWidth() < ROOM_FOR_WORDS || item.ownUrl().isPresent();
        copy.setContentDisplay(narrow ? ContentDisplay.GRAPHIC_ONLY : ContentDisplay.LEFT);
    }

    private boolean phase(TunnelState.Phase phase) {
        return item.tunnel().filter(state -> state.phase() == phase).isPresent();
    }
}
