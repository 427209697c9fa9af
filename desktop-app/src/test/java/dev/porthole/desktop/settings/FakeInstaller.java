package dev.porthole.desktop.settings;

import dev.porthole.core.update.Channel;
import dev.porthole.core.update.Installer;
import dev.porthole.core.update.Release;
import dev.porthole.core.update.UpdateException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleConsumer;

/** Fetches nothing, and remembers what was started. */
public final class FakeInstaller implements UpdateInstaller {
    public final List<Path> started = new ArrayList<>();
    public boolean fails;

    /** A look that finds this release, with this installer for it. */
    public UpdateLook beside(Release release) {
        return new UpdateLook() {
            @Override
            public Optional<Release> look(Channel channel) {
                return Optional.of(release);
            }

            @Override
            public Optional<UpdateInstaller> installer() {
                return Optional.of(FakeInstaller.this);
            }
        };
    }

    @Override
    public Optional<Installer> of(Release release) {
        return Optional.of(new Installer(
                "linux-x86_64.deb", URI.create("https://porthole.example/porthole.deb"), "0f".repeat(32), 7));
    }

    @Override
    public Path fetch(Installer installer, DoubleConsumer progress) throws UpdateException {
        progress.accept(0.5);
        if (fails) {
            throw UpdateException.untrusted("another file");
        }
        return Path.of("/updates/porthole.deb");
    }

    @Override
    public boolean start(Path file) {
        started.add(file);
        return true;
    }
}
