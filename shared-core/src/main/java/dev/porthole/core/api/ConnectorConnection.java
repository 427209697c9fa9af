package dev.porthole.core.api;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a headless agent connects for an external connector: the same answer when the connector is made, shown and
 * rotated.
 *
 * @param credential the secret, in the answer that made it and never again; otherwise empty
 * @param prefix the credential's first characters, by which people recognise it; empty if there is none any more
 * @param lastUsedAt when the credential was used last, to the minute; absent before the first use
 * @param server the server's own address, without a slash in the end
 * @param snippets ready to paste, for each way to run an agent
 */
public record ConnectorConnection(
        Connector connector,
        String credential,
        String prefix,
        @Nullable Instant lastUsedAt,
        String server,
        List<Snippet> snippets) {
    public ConnectorConnection {
        snippets = List.copyOf(snippets);
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "ConnectorConnection[connector=" + connector.id() + ", prefix=" + prefix + ", server=" + server + "]";
    }

    /**
     * Text to paste.
     *
     * @param kind {@code cli}, {@code environment}, {@code systemd}, {@code docker}, {@code compose},
     *     {@code kubernetes} or {@code curl}
     * @param title for people
     * @param language for highlighting: {@code shell}, {@code ini} or {@code yaml}
     */
    public record Snippet(String kind, String title, String language, String text) {
        /** Without the text, which may hold the secret. */
        @Override
        public String toString() {
            return "Snippet[kind=" + kind + "]";
        }
    }
}
