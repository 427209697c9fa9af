package dev.porthole.desktop.tunnels;

import static dev.porthole.desktop.ui.Texts.text;

import dev.porthole.core.api.TunnelAddress;
import dev.porthole.desktop.ui.Buttons;
import dev.porthole.desktop.ui.CopyButton;
import dev.porthole.desktop.ui.DialogDress;
import dev.porthole.desktop.ui.PlainText;
import dev.porthole.desktop.ui.QrCode;
import dev.porthole.desktop.ui.Visible;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ButtonBar.ButtonData;
import javafx.scene.control.ButtonType;
import javafx.scene.control.Dialog;
import javafx.scene.control.Label;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.scene.text.TextAlignment;
import javafx.util.Subscription;

/**
 * A tunnel's address as a large code for a phone's camera. An address that only this computer knows is first offered to
 * the network.
 */
final class QrDialog {
    private final TunnelItem item;
    private final TunnelsViewModel model;
    private final QrCode code = new QrCode(296);
    private final Label address = new Label();
    private final Label offer = new Label(text("qr.thisComputerOnly"));
    private final Label problem = new Label();
    private final Button makeVisible;
    private final Button anyway;
    private final CopyButton copy;
    private boolean insisted;

    QrDialog(TunnelItem item, TunnelsViewModel model) {
        this.item = item;
        this.model = model;
        makeVisible =
                Buttons.primary(text("qr.makeVisible"), () -> model.actions().showInNetwork(item));
        makeVisible.disableProperty().bind(item.busyProperty());
        anyway = Buttons.plain(text("qr.anyway"), () -> {
            insisted = true;
            render();
        });
        copy = CopyButton.labelled(
                text("share.copyAddress"),
                text("share.copyAddressOf", item.label()),
                () -> model.actions().copy(item));
    }

    /** Shows it over {@code owner}'s window. Does not block. */
    void show(Node owner) {
        Dialog<ButtonType> dialog = new Dialog<>();
        DialogDress.dress(dialog, owner, text("qr.title", item.label()));
        ButtonType done = new ButtonType(text("qr.close"), ButtonData.CANCEL_CLOSE);
        dialog.getDialogPane().getButtonTypes().setAll(done);
        dialog.getDialogPane().lookupButton(done).setAccessibleText(text("qr.close"));
        dialog.getDialogPane().setContent(content());
        Subscription changes = item.stateProperty()
                .subscribe(this::render)
                .and(item.problemProperty().subscribe(this::render));
        dialog.setOnShown(event -> (code.isVisible() ? copy : makeVisible).requestFocus());
        dialog.setOnHidden(event -> changes.unsubscribe());
        render();
        dialog.show();
    }

    private VBox content() {
        address.getStyleClass().add("mono");
        address.setWrapText(true);
        address.setMaxWidth(360);
        address.setAlignment(Pos.CENTER);
        address.setTextAlignment(TextAlignment.CENTER);
        offer.setWrapText(true);
        offer.setMaxWidth(360);
        offer.setMinHeight(Region.USE_PREF_SIZE);
        problem.getStyleClass().addAll("problem", "small");
        problem.setWrapText(true);
        problem.setMaxWidth(360);
        VBox content = new VBox(code, address, offer, problem, makeVisible, anyway, copy);
        content.getStyleClass().add("qr-dialog");
        return content;
    }

    private void render() {
        boolean hidden = model.isEmbedded()
                && item.ownUrlProperty().get().isEmpty()
                && !(item.state().tunnel().address() == TunnelAddress.port
                        && item.state().tunnel().visibleInNetwork());
        boolean offering = hidden && !insisted;
        code.show(item.url());
        address.setText(PlainText.of(item.url()));
        problem.setText(item.problemProperty().get());
        Visible.set(code, !offering);
        Visible.set(address, !offering);
        Visible.set(copy, !offering);
        Visible.set(offer, offering);
        Visible.set(makeVisible, offering);
        Visible.set(anyway, offering);
        Visible.set(problem, !item.problemProperty().get().isEmpty());
        Region root = (Region) code.getParent();
        if (root != null && root.getScene() != null && root.getScene().getWindow() != null) {
            root.getScene().getWindow().sizeToScene();
        }
    }
}
