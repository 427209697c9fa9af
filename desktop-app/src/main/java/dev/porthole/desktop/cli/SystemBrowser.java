package dev.porthole.desktop.cli;

import dev.porthole.core.Porthole.BrowserOpener;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Opens addresses with the program that the system has for it; no AWT, so that it costs nothing where there is none.
 */
record SystemBrowser(Map<String, String> environment, String osName) implements BrowserOpener {
    /** How long the opener may take to say that it could not; the ones that wait for the browser's end say nothing. */
    private static final long PATIENCE_MILLIS = 2_000;

    @Override
    public boolean open(URI address) {
        return command(address).filter(SystemBrowser::started).isPresent();
    }

    /** The command to run; empty where there is no screen to open a browser on. */
    Optional<List<String>> command(URI address) {
        String os = osName.toLowerCase(Locale.ROOT);
        if (os.startsWith("windows")) {
            return Optional.of(List.of("rundll32", "url.dll,FileProtocolHandler", address.toString()));
        }
        if (os.startsWith("mac")) {
            return Optional.of(List.of("open", address.toString()));
        }
        String chosen = environment.getOrDefault("BROWSER", "");
        if (!chosen.isBlank()) {
            return Optional.of(List.of(chosen, address.toString()));
        }
        // Without this check, xdg-open starts a text browser in the terminal that the person is reading.
        boolean screen = environment.containsKey("DISPLAY") || environment.containsKey("WAYLAND_DISPLAY");
        return screen ? Optional.of(List.of("xdg-open", address.toString())) : Optional.empty();
    }

    private static boolean started(List<String> command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectInput(ProcessBuilder.Redirect.from(nowhere()))
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return !process.waitFor(PATIENCE_MILLIS, TimeUnit.MILLISECONDS) || process.exitValue() == 0;
        } catch (IOException noSuchProgram) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private static java.io.File nowhere() {
        return new java.io.File(java.io.File.separatorChar == '\\' ? "NUL" : "/dev/null");
    }
}
