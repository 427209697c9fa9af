package dev.porthole.desktop.ui;

import java.net.URI;

/** What the app does outside of its window. */
public interface Outside {
    /** Puts text on the clipboard. On the FX thread. */
    void copy(String text);

    /**
     * Opens an address in the system's browser. Blocks for up to two seconds: never on the FX thread.
     *
     * @return whether a browser was started, as far as one can tell
     */
    boolean open(URI address);
}
