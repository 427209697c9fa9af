package dev.porthole.desktop.tunnels;

import static dev.porthole.desktop.ui.Texts.text;

import dev.porthole.desktop.ui.Confirmation;
import dev.porthole.desktop.ui.CopyButton;
import dev.porthole.desktop.ui.PlainText;
import javafx.geometry.Side;
import javafx.scene.Node;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** What else one can do with a tunnel. */
final class TunnelMenu extends MenuButton {
    private final TunnelItem item;
    private final MenuItem opening = new MenuItem(text("action.open"));
    private final MenuItem stop = new MenuItem(text("tunnel.stop"));

    /** @param copy confirms a copy */
    TunnelMenu(TunnelItem item, TunnelsViewModel model, TunnelDoors doors, CopyButton copy) {
        super(null, new FontIcon(Feather.MORE_HORIZONTAL));
        this.item = item;
        TunnelActions actions = model.actions();
        MenuItem page = new MenuItem(text("tunnel.details"));
        page.setOnAction(event -> doors.page(item.id()));
        opening.setOnAction(event -> actions.open(item));
        MenuItem copying = new MenuItem(text("share.copyAddress"));
        copying.setOnAction(event -> {
            actions.copy(item);
            copy.confirm();
        });
        MenuItem code = new MenuItem(text("tunnel.qr"));
        code.setOnAction(event -> new QrDialog(item, model).show(this));
        MenuItem edit = new MenuItem(text("tunnel.edit"));
        edit.setOnAction(event -> doors.settings(item.id()));
        stop.setOnAction(event -> actions.stop(item));
        MenuItem delete = new MenuItem(text("tunnel.delete"));
        delete.getStyleClass().add("danger-item");
        delete.setOnAction(event -> askToDelete(this, item, actions, () -> {}));
        getItems().addAll(page, opening, copying, code, edit, new SeparatorMenuItem(), stop, delete);
        getStyleClass().addAll("icon-button", "no-arrow");
        setPopupSide(Side.BOTTOM);
        render();
    }

    /** Says what can be done now. */
    void render() {
        opening.setVisible(item.opensInBrowser());
        stop.setVisible(item.on());
        setAccessibleText(text("tunnel.menu", item.label()));
    }

    /** Deleting gives the name up: that is asked first. {@code then} runs after a yes. */
    static void askToDelete(Node owner, TunnelItem item, TunnelActions actions, Runnable then) {
        Confirmation.ask(
                owner,
                text("tunnel.delete.question", item.label()),
                text("tunnel.delete.text", PlainText.of(item.state().tunnel().url())),
                text("tunnel.delete.yes"),
                () -> {
                    actions.delete(item);
                    then.run();
                });
    }
}
