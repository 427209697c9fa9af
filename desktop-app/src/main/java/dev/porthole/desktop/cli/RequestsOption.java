package dev.porthole.desktop.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whether each visitor's request is a line (B-D11). */
final class RequestsOption {
    @Option(
            names = "--requests",
            negatable = true,
            description =
                    "Says each request when it is answered: METHOD /path -> status in N ms, and the id that the server's log has too. People get it unless --no-requests; --output json only with --requests.")
    private @Nullable Boolean requests;

    /** Whether they are told; {@code unsaid} if nobody said so. */
    boolean chosen(boolean unsaid) {
        return requests == null ? unsaid : requests;
    }
}
