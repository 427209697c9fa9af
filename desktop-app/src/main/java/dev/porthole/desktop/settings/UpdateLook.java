package dev.porthole.desktop.settings;

import dev.porthole.core.config.ConfigFile;
import dev.porthole.core.config.PortholeHome;
import dev.porthole.core.update.Channel;
import dev.porthole.core.update.FeedKeys;
import dev.porthole.core.update.Release;
import dev.porthole.core.update.SemanticVersion;
import dev.porthole.core.update.UpdateCheck;
import dev.porthole.core.update.UpdateException;
import dev.porthole.desktop.ProductVersion;
import java.net.URI;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One look for a newer release. Blocking; on any thread. */
@FunctionalInterface
public interface UpdateLook {
    /** The preference of {@code config.yml} that names another feed than the build does. The keys stay the build's. */
    String FEED = "update-feed";

    /** What is newer than this release on a channel. */
    Optional<Release> look(Channel channel) throws UpdateException, InterruptedException;

    /** How a release is installed; empty where it can't be. */
    default Optional<UpdateInstaller> installer() {
        return Optional.empty();
    }

    /** The way of this build; empty if it was built without a feed or a key, as from a checkout. */
    static Optional<UpdateLook> ofThisBuild(ConfigFile config, PortholeHome home) {
        Logger log = LoggerFactory.getLogger(UpdateLook.class);
        String feed = config.config().get().preference(FEED).orElse(ProductVersion.updateFeed());
        Optional<SemanticVersion> running = SemanticVersion.parse(ProductVersion.text());
        if (feed.isBlank() || ProductVersion.updateKeys().isBlank() || running.isEmpty()) {
            return Optional.empty();
        }
        try {
            UpdateCheck check = new UpdateCheck(
                    URI.create(feed.strip()), FeedKeys.parse(ProductVersion.updateKeys()), running.get());
            return Optional.of(new Signed(check, UpdateInstaller.ofThisBuild(home)));
        } catch (IllegalArgumentException wrong) {
            log.warn("No update check: {}", wrong.getMessage());
            return Optional.empty();
        }
    }

    /** A feed that is signed, and an installer that it vouches for. */
    record Signed(UpdateCheck check, Optional<UpdateInstaller> installer) implements UpdateLook {
        @Override
        public Optional<Release> look(Channel channel) throws UpdateException, InterruptedException {
            return check.look(channel);
        }
    }
}
