package dev.porthole.desktop.tunnels;

import static dev.porthole.desktop.ui.Texts.text;

import dev.porthole.core.traffic.Traffic;
import dev.porthole.desktop.ui.Amounts;
import dev.porthole.desktop.ui.Buttons;
import dev.porthole.desktop.ui.CopyButton;
import dev.porthole.desktop.ui.LinkDrag;
import dev.porthole.desktop.ui.PlainText;
import dev.porthole.desktop.ui.QrCode;
import dev.porthole.desktop.ui.Sparkline;
import dev.porthole.desktop.ui.Visible;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.input.MouseButton;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** A tunnel's address: to see, to copy, to open, to drag away, to scan; and how much passes through it. */
final class AddressCard extends HBox {
    /** In a narrower card the line of traffic gives way. */
    private static final double ROOM_FOR_LINE = 560;

    private final TunnelItem item;
    private final QrCode code = new QrCode(92);
    private final Hyperlink address = new Hyperlink();
    private final Label endpoint = new Label();
    private final CopyButton copy;
    private final Button open;
    private final Label rate = new Label();
    private final Label today = new Label();
    private final Sparkline line = new Sparkline(120, 28);

    AddressCard(TunnelItem item, TunnelsViewModel model) {
        this.item = item;
        TunnelActions actions = model.actions();
        getStyleClass().addAll("card", "address-card");
        copy = CopyButton.labelled(
                text("action.copy"), text("share.copyAddressOf", item.label()), () -> actions.copy(item));
        copy.getStyleClass().add("accent");
        open = Buttons.plain(text("action.open"), () -> actions.open(item));
        Button large = Buttons.plain(text("qr.large"), () -> new QrDialog(item, model).show(this));
        address.getStyleClass().addAll("strong", "address", "big-address");
        address.setMnemonicParsing(false);
        address.setMinWidth(60);
        address.setTooltip(new Tooltip(text("tunnel.address.hint")));
        address.setOnAction(event -> {
            address.setVisited(false);
            actions.copy(item);
            copy.confirm();
        });
        address.setOnMouseClicked(click -> {
            if (click.getButton() == MouseButton.PRIMARY && click.getClickCount() == 2) {
                actions.open(item);
            }
        });
        LinkDrag.from(address, item::url);
        endpoint.getStyleClass().addAll("mono", "muted");
        endpoint.setMinWidth(0);
        HBox buttons = new HBox(copy, open, large);
        buttons.getStyleClass().add("buttons");
        VBox words = new VBox(address, endpoint, buttons);
        words.getStyleClass().add("lines");
        VBox.setMargin(buttons, new Insets(6, 0, 0, 0));
        words.setAlignment(Pos.CENTER_LEFT);
        words.setMinWidth(0);
        HBox.setHgrow(words, Priority.ALWAYS);
        rate.getStyleClass().add("big-figure");
        rate.setMinWidth(Region.USE_PREF_SIZE);
        today.getStyleClass().addAll("small", "muted");
        today.setMinWidth(Region.USE_PREF_SIZE);
        VBox figures = new VBox(rate, today, line);
        figures.getStyleClass().add("lines");
        figures.setAlignment(Pos.CENTER_RIGHT);
        figures.setMinWidth(Region.USE_PREF_SIZE);
        getChildren().addAll(code, words, figures);
        widthProperty()
                .map(width -> width.doubleValue() >= ROOM_FOR_LINE)
                .subscribe(roomy -> Visible.set(figures, roomy));
    }

    void render() {
        String url = PlainText.of(item.url());
        code.show(item.url());
        address.setText(url);
        address.setAccessibleText(text("tunnel.address", item.label(), url));
        copy.rename(text("share.copyAddressOf", item.label()));
        endpoint.setText("→ " + PlainText.of(item.state().tunnel().endpoint().toString()));
        Visible.set(open, item.opensInBrowser());
        open.setAccessibleText(text("share.openAddressOf", item.label()));
    }

    void show(Traffic traffic) {
        rate.setText(Amounts.rate(traffic.requestsPerSecond()));
        today.setText(text("traffic.hour", traffic.requestsByMinute().sum()));
        line.show(traffic.requests().inSteps(5));
    }
}
