package dev.porthole.core.update;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands an installer that was fetched to the system's own program for it, which asks before it changes anything. */
public final class InstallerStart {
    private static final Logger LOG = LoggerFactory.getLogger(InstallerStart.class);
    private static final int OPENER_LIMIT_SECONDS = 2;

    private InstallerStart() {}

    /** Opens it. Blocks for up to two seconds. Returns whether a program was started, as far as one can tell. */
    public static boolean open(Path installer) {
        try {
            Process opener = new ProcessBuilder(command(System.getProperty("os.name", ""), installer))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            opener.getOutputStream().close();
            return !opener.waitFor(OPENER_LIMIT_SECONDS, TimeUnit.SECONDS) || opener.exitValue() == 0;
        } catch (IOException none) {
            LOG.debug("nothing opens {}: {}", installer, none.getMessage());
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    static List<String> command(String osName, Path installer) {
        String os = osName.toLowerCase(Locale.ROOT);
        if (os.startsWith("windows")) {
            return List.of("msiexec", "/i", installer.toString());
        }
        return List.of(os.startsWith("mac") ? "open" : "xdg-open", installer.toString());
    }
}
