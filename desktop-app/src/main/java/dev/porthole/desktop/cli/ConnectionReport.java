package dev.porthole.desktop.cli;

import dev.porthole.core.PortholeException;
import dev.porthole.core.PortholeException.Kind;
import dev.porthole.core.api.ConnectorConnection;
import dev.porthole.core.api.ConnectorConnection.Snippet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How an external connector's agent is started: the same for one that was made, shown and rotated. */
final class ConnectionReport {
    @Option(
            names = "--snippet",
            paramLabel = "KIND",
            completionCandidates = Kinds.class,
            description =
                    "Prints only this way to start its agent: cli, environment, systemd, docker, compose, kubernetes or"
                            + " curl.")
    private @Nullable String snippet;

    /** The ways that servers of this release know, for completion; which there are is the server's word. */
    private static final class Kinds extends ArrayList<String> {
        private static final long serialVersionUID = 1L;

        Kinds() {
            super(List.of("cli", "environment", "systemd", "docker", "compose", "kubernetes", "curl"));
        }
    }

    /**
     * The document of {@code --output json}.
     *
     * @param credential the secret, in the answer that made it; otherwise empty
     * @param prefix the secret's first characters, by which people recognise it
     */
    record Document(String id, String name, String server, String credential, String prefix, List<Snippet> snippets) {
        static Document of(ConnectorConnection connection) {
            return new Document(
                    connection.connector().id(),
                    connection.connector().name(),
                    connection.server(),
                    connection.credential(),
                    connection.prefix(),
                    connection.snippets());
        }

        /** Without the secret. */
        @Override
        public String toString() {
            return "Document[id=" + id + "]";
        }
    }

    /** What {@code --quiet} prints: the secret, or the id where there is none. */
    static List<String> data(ConnectorConnection connection) {
        return List.of(
                connection.credential().isEmpty() ? connection.connector().id() : connection.credential());
    }

    /** Prints it for people, or the one snippet that was asked for. */
    void print(Terminal terminal, ConnectorConnection connection) throws PortholeException {
        if (snippet != null) {
            terminal.print(Printable.lines(wanted(connection, snippet).text()).stripTrailing());
            return;
        }
        Fields fields = new Fields(terminal);
        fields.line("id", connection.connector().id());
        fields.line("name", connection.connector().name());
        fields.line("server", connection.server());
        fields.line("credential", credential(connection));
        fields.line("last used", Times.local(connection.lastUsedAt()));
        for (Snippet one : connection.snippets()) {
            terminal.print("");
            terminal.print(terminal.good("# " + Printable.of(one.title())));
            terminal.print(Printable.lines(one.text()).stripTrailing());
        }
        if (!connection.credential().isEmpty()) {
            terminal.say("");
            terminal.say("The credential is shown this once. Keep it now; porthole connectors rotate makes another.");
        }
    }

    private static String credential(ConnectorConnection connection) {
        if (!connection.credential().isEmpty()) {
            return connection.credential();
        }
        String known = connection.prefix().isEmpty() ? "none" : connection.prefix() + "...";
        return known + " (rotate to reveal a new one; the current one cannot be shown)";
    }

    private static Snippet wanted(ConnectorConnection connection, String kind) throws PortholeException {
        Optional<Snippet> found = connection.snippets().stream()
                .filter(one -> one.kind().equals(kind))
                .findFirst();
        return found.orElseThrow(() -> new PortholeException(
                Kind.WRONG_USE,
                "snippet: " + kind + " (expected: "
                        + connection.snippets().stream().map(Snippet::kind).collect(Collectors.joining(", ")) + ")"));
    }
}
