package dev.porthole.desktop.settings;

import dev.porthole.core.config.PortholeHome;
import dev.porthole.core.update.Installer;
import dev.porthole.core.update.InstallerDownload;
import dev.porthole.core.update.InstallerPlatform;
import dev.porthole.core.update.InstallerStart;
import dev.porthole.core.update.Release;
import dev.porthole.core.update.UpdateException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.DoubleConsumer;
import java.util.stream.StreamSupport;

/** Fetches the installer of a release and starts it. Blocking; on any thread. */
public interface UpdateInstaller {
    /** The file of a release that installs it here; empty if there is none. */
    Optional<Installer> of(Release release);

    /** Fetches it. {@code progress}: from 0 to 1. */
    Path fetch(Installer installer, DoubleConsumer progress) throws UpdateException, InterruptedException;

    /** Hands it to the system, which asks; returns whether that worked, as far as one can tell. */
    boolean start(Path file);

    /** The one of this build; empty where Porthole was not installed by an installer, as in a checkout. */
    static Optional<UpdateInstaller> ofThisBuild(PortholeHome home) {
        return isOfAnImage(Path.of(System.getProperty("java.home")))
                ? InstallerPlatform.ofThisComputer().map(platform -> new OfImage(home, platform))
                : Optional.empty();
    }

    /** Whether this Java is one that an installer brought: jpackage's images have it in a folder {@code runtime}. */
    static boolean isOfAnImage(Path javaHome) {
        return StreamSupport.stream(javaHome.spliterator(), false)
                .anyMatch(folder -> folder.toString().equals("runtime"));
    }

    /**
     * For an image that an installer put here.
     *
     * @param platform this computer's
     */
    record OfImage(PortholeHome home, String platform) implements UpdateInstaller {
        @Override
        public Optional<Installer> of(Release release) {
            return release.installerFor(platform);
        }

        @Override
        public Path fetch(Installer installer, DoubleConsumer progress) throws UpdateException, InterruptedException {
            return new InstallerDownload(home.stateFile("updates")).fetch(installer, progress);
        }

        @Override
        public boolean start(Path file) {
            return InstallerStart.open(file);
        }
    }
}
