package dev.porthole.desktop.tunnels;

import static dev.porthole.desktop.ui.Texts.text;

import dev.porthole.desktop.ui.Buttons;
import dev.porthole.desktop.ui.CopyButton;
import java.util.List;
import java.util.function.Consumer;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.layout.HBox;

/**
 * The buttons that mend a tunnel.
 *
 * @param settings goes to the settings of a tunnel (id)
 */
record RepairButtons(TunnelActions actions, Consumer<String> settings) {
    /** A row of them, the best first. */
    HBox of(List<Repair> repairs, TunnelItem item) {
        HBox row = new HBox();
        row.getStyleClass().add("buttons");
        repairs.forEach(repair -> row.getChildren().add(button(repair, item)));
        return row;
    }

    private Node button(Repair repair, TunnelItem item) {
        Button button = switch (repair) {
            case SIGN_IN -> Buttons.plain(text("signin.again"), () -> actions.signIn(item));
            case TRY_AGAIN -> Buttons.plain(text("action.tryAgain"), () -> actions.turnOn(item));
            case START_APP ->
                CopyButton.labelled(
                        text("repair.copyCommand"),
                        text("repair.copyCommandOf", item.label()),
                        () -> actions.copyCommand(item));
            case CHANGE_ENDPOINT -> Buttons.plain(text("repair.endpoint"), () -> settings.accept(item.id()));
            case SHOW_LOCALHOST -> Buttons.plain(text("tunnel.useLocalhost"), () -> actions.useLocalhost(item));
            case CHANGE_HOST_HEADER -> Buttons.plain(text("repair.hostHeader"), () -> settings.accept(item.id()));
        };
        switch (repair) {
            case TRY_AGAIN -> button.setAccessibleText(text("repair.tryAgainOf", item.label()));
            case SHOW_LOCALHOST -> button.setAccessibleText(text("tunnel.useLocalhostOf", item.label()));
            case SIGN_IN, START_APP, CHANGE_ENDPOINT, CHANGE_HOST_HEADER -> {}
        }
        button.getStyleClass().add("small-button");
        button.disableProperty().bind(item.busyProperty());
        return button;
    }
}
