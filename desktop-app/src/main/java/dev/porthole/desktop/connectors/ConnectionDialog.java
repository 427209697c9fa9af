package dev.porthole.desktop.connectors;

import static dev.porthole.desktop.ui.Texts.text;

import dev.porthole.core.api.ConnectorConnection;
import dev.porthole.core.api.ConnectorConnection.Snippet;
import dev.porthole.desktop.ui.CopyButton;
import dev.porthole.desktop.ui.DialogDress;
import dev.porthole.desktop.ui.NoticeBar;
import dev.porthole.desktop.ui.PlainText;
import dev.porthole.desktop.ui.Tone;
import java.time.Instant;
import java.util.Objects;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ButtonBar.ButtonData;
import javafx.scene.control.ButtonType;
import javafx.scene.control.Dialog;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/**
 * How an external connector's agent connects: its credential, if it was just made, and text to paste for each way to
 * run one. The same after making, showing and rotating.
 */
final class ConnectionDialog {
    private final Dialog<ButtonType> dialog = new Dialog<>();
    private final ConnectorsViewModel model;
    private final ConnectorConnection connection;
    private final TextArea snippet = new TextArea();
    private final CopyButton copySnippet;
    private String shownText = "";

    ConnectionDialog(Node owner, ConnectorsViewModel model, ConnectorConnection connection) {
        this.model = model;
        this.connection = connection;
        String name = PlainText.of(connection.connector().name());
        DialogDress.dress(dialog, owner, text("connection.title", name));
        ButtonType done = new ButtonType(text("connection.done"), ButtonData.CANCEL_CLOSE);
        dialog.getDialogPane().getButtonTypes().setAll(done);
        dialog.getDialogPane().setPrefSize(860, 560);
        copySnippet =
                CopyButton.labelled(text("connection.copy"), text("connection.copy"), () -> model.copy(shownText));
        VBox body = new VBox(credential(), snippets());
        body.getStyleClass().add("dialog-body");
        dialog.getDialogPane().setContent(body);
        dialog.setOnHidden(event -> model.closeConnection());
        Button close = (Button) Objects.requireNonNull(dialog.getDialogPane().lookupButton(done));
        close.setAccessibleText(text("connection.done"));
    }

    void show() {
        dialog.show();
    }

    private Node credential() {
        String secret = connection.credential();
        if (secret.isEmpty()) {
            VBox lines = new VBox(new NoticeBar(Tone.WAITING, text("connection.notShown")));
            Label recognise = new Label(recognisedBy());
            recognise.getStyleClass().addAll("muted", "small");
            recognise.setWrapText(true);
            lines.getChildren().add(recognise);
            lines.getStyleClass().add("lines");
            return lines;
        }
        Label once = new Label(text("connection.once"));
        once.getStyleClass().add("strong");
        once.setWrapText(true);
        once.setMinHeight(Region.USE_PREF_SIZE);
        TextField field = new TextField(secret);
        field.setId("connection-credential");
        field.setEditable(false);
        field.getStyleClass().add("mono");
        field.setAccessibleText(text("connection.credential"));
        HBox.setHgrow(field, Priority.ALWAYS);
        CopyButton copy = CopyButton.labelled(
                text("connection.copyCredential"), text("connection.copyCredential"), () -> model.copy(secret));
        HBox line = new HBox(field, copy);
        line.getStyleClass().add("buttons");
        VBox lines = new VBox(once, line);
        lines.getStyleClass().add("lines");
        return lines;
    }

    private String recognisedBy() {
        Instant used = connection.lastUsedAt();
        String prefix = PlainText.of(connection.prefix());
        if (prefix.isEmpty()) {
            return text("connection.none");
        }
        return used == null
                ? text("connection.unused", prefix)
                : text("connection.used", prefix, model.moments().of(used));
    }

    private HBox snippets() {
        ListView<Snippet> ways = new ListView<>();
        ways.setId("connection-ways");
        ways.setAccessibleText(text("connection.ways"));
        ways.getStyleClass().add("ways");
        ways.setCellFactory(list -> new Way());
        ways.getItems().setAll(connection.snippets());
        ways.setMinWidth(170);
        ways.setPrefWidth(170);
        snippet.setId("connection-snippet");
        snippet.setEditable(false);
        snippet.getStyleClass().addAll("mono", "snippet");
        VBox.setVgrow(snippet, Priority.ALWAYS);
        VBox right = new VBox(snippet, copySnippet);
        right.getStyleClass().add("lines");
        HBox.setHgrow(right, Priority.ALWAYS);
        ways.getSelectionModel().selectedItemProperty().subscribe(this::choose);
        ways.getSelectionModel().selectFirst();
        HBox both = new HBox(ways, right);
        both.getStyleClass().add("snippets");
        VBox.setVgrow(both, Priority.ALWAYS);
        return both;
    }

    private void choose(Snippet chosen) {
        if (chosen != null) {
            shownText = chosen.text();
            // A command is read whole; a file keeps its lines.
            snippet.setWrapText(chosen.text().strip().lines().count() <= 3);
            snippet.setText(chosen.text());
            snippet.setAccessibleText(text("connection.snippet", PlainText.of(chosen.title())));
            copySnippet.rename(text("connection.copyWhat", PlainText.of(chosen.title())));
        }
    }

    private static final class Way extends ListCell<Snippet> {
        @Override
        protected void updateItem(Snippet way, boolean empty) {
            super.updateItem(way, empty);
            setText(empty || way == null ? null : PlainText.of(way.title()));
        }
    }
}
