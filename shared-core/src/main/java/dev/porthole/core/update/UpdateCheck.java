package dev.porthole.core.update;

import dev.porthole.core.api.ApiJson;
import dev.porthole.core.api.HttpExchange;
import dev.porthole.core.api.ServerAddress;
import dev.porthole.core.update.UpdateException.Kind;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * Asks a feed for a newer release. The signature is checked over the bytes as they came, before they are read at all; a
 * release that is not above this one is never offered, so that an old feed that someone plays back is worth nothing.
 * Tells, and installs nothing; see {@link InstallerDownload}. Blocking; an interrupt ends it.
 */
public final class UpdateCheck {
    /** What the signature's address is called, after the feed's. */
    public static final String SIGNATURE_SUFFIX = ".sig";

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final long LARGEST_FEED = 256 * 1024;
    private static final long LARGEST_SIGNATURE = 1024;
    private static final long LARGEST_INSTALLER = 1L << 30;
    private static final Pattern PLATFORM = Pattern.compile("[a-z0-9_-]+\\.[a-z]{3}");
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    private final URI feed;
    private final FeedKeys keys;
    private final SemanticVersion running;

    /**
     * @param feed an https address; http for this computer alone
     * @param running this release
     * @throws IllegalArgumentException for an address that may not be asked
     */
    public UpdateCheck(URI feed, FeedKeys keys, SemanticVersion running) {
        this.feed = feed;
        this.keys = keys;
        this.running = running;
        requireSafe(feed);
    }

    /** The newest release of the channel, if it is newer than this one. */
    public Optional<Release> look(Channel channel) throws UpdateException, InterruptedException {
        byte[] document = fetch(feed, LARGEST_FEED);
        byte[] signature = fetch(URI.create(feed + SIGNATURE_SUFFIX), LARGEST_SIGNATURE);
        if (!keys.signed(document, new String(signature, StandardCharsets.US_ASCII))) {
            throw UpdateException.untrusted(feed + " is not signed by a key of this build");
        }
        return read(document).releases().stream()
                .flatMap(entry -> release(entry).stream())
                .filter(release -> channel == Channel.BETA || release.channel() == Channel.STABLE)
                .filter(release -> release.version().compareTo(running) > 0)
                .max(Comparator.comparing(Release::version));
    }

    private static byte[] fetch(URI address, long largest) throws UpdateException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(address).timeout(LIMIT).build();
        try {
            HttpResponse<byte[]> answer =
                    HttpExchange.send(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), largest));
            if (answer.statusCode() != 200) {
                throw new UpdateException(
                        Kind.UNREACHABLE, address + " answered " + answer.statusCode() + " (expected: 200)", null);
            }
            return answer.body();
        } catch (IOException silent) {
            throw new UpdateException(Kind.UNREACHABLE, address + ": " + silent.getMessage(), silent);
        }
    }

    private ReleaseFeed read(byte[] document) throws UpdateException {
        ReleaseFeed read;
        try {
            read = ApiJson.LENIENT.readValue(document, ReleaseFeed.class);
        } catch (JacksonException broken) {
            throw new UpdateException(Kind.NOT_UNDERSTOOD, feed + ": " + broken.getOriginalMessage(), broken);
        }
        if (read == null || !ReleaseFeed.PRODUCT.equals(read.product()) || (Object) read.releases() == null) {
            throw new UpdateException(Kind.NOT_UNDERSTOOD, feed + " is no feed of Porthole's releases", null);
        }
        return read;
    }

    /** Empty for what this release does not understand: another may be in the list that it does. */
    private static Optional<Release> release(ReleaseFeed.@Nullable Entry entry) {
        if (entry == null
                || (Object) entry.version() == null
                || (Object) entry.channel() == null
                || (Object) entry.page() == null
                || !"https".equals(entry.page().getScheme())) {
            return Optional.empty();
        }
        Channel channel;
        try {
            channel = Channel.valueOf(entry.channel().toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException another) {
            return Optional.empty();
        }
        return SemanticVersion.parse(entry.version())
                .map(version ->
                        new Release(version, channel, entry.published(), entry.page(), installers(entry.files())));
    }

    /** Those that this release understands: a file that can't be checked is not offered. */
    private static List<Installer> installers(@Nullable List<ReleaseFeed.Download> files) {
        return files == null
                ? List.of()
                : files.stream()
                        .filter(file -> file != null && (Object) file.platform() != null && isWhole(file))
                        .map(file -> new Installer(file.platform(), file.url(), file.sha256(), file.bytes()))
                        .toList();
    }

    private static boolean isWhole(ReleaseFeed.Download file) {
        return PLATFORM.matcher(file.platform()).matches()
                && (Object) file.url() != null
                && "https".equals(file.url().getScheme())
                && (Object) file.sha256() != null
                && SHA256.matcher(file.sha256()).matches()
                && file.bytes() > 0
                && file.bytes() <= LARGEST_INSTALLER;
    }

    private static void requireSafe(URI feed) {
        String host = feed.getHost();
        if (host == null || feed.getRawQuery() != null || feed.getRawFragment() != null) {
            throw new IllegalArgumentException("update feed: " + feed + " (expected: an https:// address)");
        }
        // The same rule as for servers: plain http is for this computer.
        ServerAddress _ = ServerAddress.parse(feed.getScheme() + "://" + feed.getRawAuthority());
    }
}
