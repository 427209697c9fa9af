package dev.porthole.desktop.app;

import java.io.IOException;
import java.net.URI;

/** Stands in until the core's own is on this branch. */
final class SystemBrowser {
    private SystemBrowser() {}

    static boolean open(URI address) {
        if (!"http".equals(address.getScheme()) && !"https".equals(address.getScheme())) {
            return false;
        }
        try {
            new ProcessBuilder("xdg-open", address.toString())
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return true;
        } catch (IOException none) {
            return false;
        }
    }
}
