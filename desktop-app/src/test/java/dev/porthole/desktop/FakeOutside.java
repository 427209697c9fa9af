package dev.porthole.desktop;

import dev.porthole.desktop.ui.Outside;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers what was copied and opened. */
public final class FakeOutside implements Outside {
    public final List<String> copied = new CopyOnWriteArrayList<>();
    public final List<URI> opened = new CopyOnWriteArrayList<>();
    public volatile boolean hasBrowser = true;

    @Override
    public void copy(String text) {
        copied.add(text);
    }

    @Override
    public boolean open(URI address) {
        opened.add(address);
        return hasBrowser;
    }
}
