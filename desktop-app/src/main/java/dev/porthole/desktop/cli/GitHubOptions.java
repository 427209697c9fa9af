package dev.porthole.desktop.cli;

import dev.porthole.core.PortholeException;
import dev.porthole.core.PortholeException.Kind;
import dev.porthole.core.declared.DeclaredGitHubApp;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/**
 * The GitHub App whose webhook follows the tunnel's address. Keys come from files or the environment, never from here.
 */
final class GitHubOptions {
    @ArgGroup(
            exclusive = false,
            heading = "%nThe webhook of a GitHub App (PORTHOLE_GITHUB_API: the API of a GitHub Enterprise Server):%n")
    private @Nullable Group group;

    /** Given together, or not at all. */
    static final class Group {
        @Option(
                names = "--github-app",
                required = true,
                paramLabel = "ID",
                description = "Points the webhook of this app (client id or number) at the tunnel.")
        private String app = "";

        @Option(
                names = "--github-key",
                paramLabel = "FILE",
                description = "The app's private key (.pem). Otherwise PORTHOLE_GITHUB_APP_KEY has it.")
        private @Nullable Path key;

        @Option(
                names = "--github-path",
                paramLabel = "PATH",
                defaultValue = "/",
                description = "Where the app's code takes deliveries, such as /webhook.")
        private String path = "/";

        @Option(
                names = "--github-secret-file",
                paramLabel = "FILE",
                description = "The webhook's secret. Otherwise PORTHOLE_GITHUB_WEBHOOK_SECRET, or it stays as it is.")
        private @Nullable Path secret;
    }

    /** What was chosen. */
    Optional<DeclaredGitHubApp> chosen() {
        Group given = group;
        return given == null
                ? Optional.empty()
                : Optional.of(new DeclaredGitHubApp(given.app, given.key, given.path, given.secret));
    }

    /** Fails for what can't be understood. */
    void check() throws PortholeException {
        try {
            Optional<DeclaredGitHubApp> _ = chosen();
        } catch (IllegalArgumentException wrong) {
            throw new PortholeException(Kind.WRONG_USE, String.valueOf(wrong.getMessage()), wrong);
        }
    }
}
