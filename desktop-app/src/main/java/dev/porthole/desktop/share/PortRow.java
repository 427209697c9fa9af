package dev.porthole.desktop.share;

import static dev.porthole.desktop.ui.Texts.text;

import dev.porthole.core.TunnelState;
import dev.porthole.desktop.ui.Buttons;
import dev.porthole.desktop.ui.CopyButton;
import dev.porthole.desktop.ui.Visible;
import javafx.scene.control.Button;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.control.OverrunStyle;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import org.kordamp.ikonli.feather.Feather;

/** A program that listens, with its one button. */
final class PortRow extends HBox {
    private static final int LONGEST_WHOLE_TITLE = 24;
    /** In a narrower row the copy button shows its icon alone. */
    private static final double ROOM_FOR_WORDS = 520;

    private final Label letter = new Label();
    private final Label title = new Label();
    private final Label details = new Label();
    private final Label port = new Label();
    private final Label badge = new Label(text("share.shared"));
    private final Button share;
    private final CopyButton copy;
    private final Button open;
    private PortItem item;

    PortRow(PortItem first, ShareViewModel model) {
        item = first;
        getStyleClass().add("row");
        share = Buttons.plain("", () -> model.share(item));
        copy = CopyButton.labelled(text("share.copyAddress"), text("share.copyAddress"), () -> model.copy(url()));
        open = Buttons.icon(Feather.EXTERNAL_LINK, text("action.open"), () -> model.open(url()));
        letter.getStyleClass().add("letter-tile");
        title.getStyleClass().add("strong");
        details.getStyleClass().add("muted");
        details.setTextOverrun(OverrunStyle.ELLIPSIS);
        details.setMinWidth(0);
        port.getStyleClass().addAll("mono", "muted");
        port.setMinWidth(Region.USE_PREF_SIZE);
        badge.getStyleClass().addAll("pill", "good");
        badge.setMinWidth(Region.USE_PREF_SIZE);
        HBox words = new HBox(title, details);
        words.getStyleClass().add("words");
        words.setMinWidth(0);
        HBox.setHgrow(words, Priority.ALWAYS);
        getChildren().addAll(letter, words, port, badge, copy, open, share);
        widthProperty()
                .map(width -> width.doubleValue() < ROOM_FOR_WORDS)
                .subscribe(
                        narrow -> copy.setContentDisplay(narrow ? ContentDisplay.GRAPHIC_ONLY : ContentDisplay.LEFT));
        show(first);
    }

    void show(PortItem next) {
        item = next;
        letter.setText(next.letter());
        title.setText(next.title());
        // Details give way to the title, unless the title alone would push the button out.
        title.setMinWidth(next.title().length() <= LONGEST_WHOLE_TITLE ? Region.USE_PREF_SIZE : 160);
        details.setText(next.details());
        details.setTooltip(new Tooltip(next.details()));
        port.setText(":" + next.port());
        boolean shared = phase(TunnelState.Phase.READY) || phase(TunnelState.Phase.ENDPOINT_DOWN);
        boolean starting = next.tunnel().isPresent() && !shared;
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
        Visible.set(badge, shared);
        Visible.set(copy, shared);
        Visible.set(open, shared && !next.overTcp());
        Visible.set(share, !shared);
    }

    private boolean phase(TunnelState.Phase phase) {
        return item.tunnel().filter(state -> state.phase() == phase).isPresent();
    }

    private String url() {
        return item.tunnel().map(state -> state.tunnel().url()).orElse("");
    }
}
