package dev.porthole.desktop.app;

import dev.porthole.core.Porthole.BrowserOpener;
import dev.porthole.desktop.ui.Outside;
import java.net.URI;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;

/** The system's clipboard and browser. */
record DesktopOutside(BrowserOpener browser) implements Outside {
    @Override
    public void copy(String text) {
        ClipboardContent content = new ClipboardContent();
        content.putString(text);
        Clipboard.getSystemClipboard().setContent(content);
    }

    @Override
    public boolean open(URI address) {
        return browser.open(address);
    }
}
