package dev.porthole.core.update;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.net.URI;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The feed's document. What a later release adds is ignored.
 *
 * <pre>{@code
 * {"product": "porthole",
 *  "releases": [
 *    {"version": "1.4.0", "channel": "stable", "published": "2026-11-20",
 *     "page": "https://porthole.example/releases/1.4.0",
 *     "files": [
 *       {"platform": "linux-x86_64.deb", "url": "https://porthole.example/porthole_1.4.0_amd64.deb",
 *        "sha256": "…64 hexadecimal digits…", "bytes": 73400320}]}]}
 * }</pre>
 *
 * @param product always {@code porthole}: a file that was signed for something else says nothing here
 */
record ReleaseFeed(String product, List<Entry> releases) {
    static final String PRODUCT = "porthole";

    /**
     * One release.
     *
     * @param page where a person reads about it and gets it
     * @param files its installers; null for none
     */
    record Entry(
            String version,
            @JsonProperty(required = true) String channel,
            @Nullable LocalDate published,
            URI page,
            @Nullable List<Download> files) {}

    /** See {@link Installer}. */
    record Download(String platform, URI url, String sha256, long bytes) {}
}
