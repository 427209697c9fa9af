package dev.porthole.desktop.ui;

import java.util.function.Supplier;
import javafx.scene.Node;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.TransferMode;

/** Lets an address be dragged out of the window: browsers, mails and editors take it as a link. */
public final class LinkDrag {
    private LinkDrag() {}

    /** From now on {@code node} can be dragged; {@code address} is asked when someone does. */
    public static void from(Node node, Supplier<String> address) {
        node.setOnDragDetected(event -> {
            node.startDragAndDrop(TransferMode.COPY, TransferMode.LINK).setContent(content(address.get()));
            event.consume();
        });
    }

    static ClipboardContent content(String address) {
        ClipboardContent content = new ClipboardContent();
        content.putUrl(address);
        content.putString(address);
        return content;
    }
}
