package dev.porthole.core.auth;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The browser that this computer's user chose. */
public final class SystemBrowser {
    private static final Logger LOG = LoggerFactory.getLogger(SystemBrowser.class);
    private static final int OPENER_LIMIT_SECONDS = 2;

    private SystemBrowser() {}

    /** Opens an http address. Returns whether a browser was started, as far as one can tell within two seconds. */
    public static boolean open(URI address) {
        List<String> command = command(System.getProperty("os.name", ""), System.getenv(), address);
        if (command.isEmpty()) {
            return false;
        }
        try {
            Process opener = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            opener.getOutputStream().close();
            // Some openers stay for as long as the browser does: still running is a good sign.
            return !opener.waitFor(OPENER_LIMIT_SECONDS, TimeUnit.SECONDS) || opener.exitValue() == 0;
        } catch (IOException none) {
            LOG.debug("no browser: {}", none.getMessage());
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** What to run; empty where no browser could show itself. */
    static List<String> command(String osName, Map<String, String> environment, URI address) {
        String scheme = address.getScheme();
        if (!"http".equals(scheme) && !"https".equals(scheme)) {
            // Never let an opener decide what to do with a file: or a custom scheme.
            return List.of();
        }
        String os = osName.toLowerCase(Locale.ROOT);
        if (os.startsWith("windows")) {
            return List.of("rundll32", "url.dll,FileProtocolHandler", address.toString());
        }
        if (os.startsWith("mac")) {
            return List.of("open", address.toString());
        }
        boolean screen = environment.containsKey("DISPLAY")
                || environment.containsKey("WAYLAND_DISPLAY")
                || environment.containsKey("BROWSER");
        // Without a screen xdg-open would start a text browser in our terminal.
        return screen ? List.of("xdg-open", address.toString()) : List.of();
    }
}
