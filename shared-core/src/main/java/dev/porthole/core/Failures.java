package dev.porthole.core;

import dev.porthole.core.PortholeException.Kind;
import dev.porthole.core.api.ProblemException;
import dev.porthole.core.api.ServerAddress;
import dev.porthole.core.auth.AuthorizationException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import org.jspecify.annotations.Nullable;

/** Turns what can go wrong below the façade into what people hear. */
final class Failures {
    private Failures() {}

    /** The server answered, and said no. */
    static PortholeException of(ProblemException problem) {
        String said = problem.getMessage();
        String message = said == null || said.isEmpty() ? "The server answered " + problem.status() + "." : said;
        return switch (problem.status()) {
            case 401 -> new PortholeException(Kind.NOT_SIGNED_IN, message, problem);
            case 404, 410 -> new PortholeException(Kind.NOT_FOUND, message, problem);
            default -> new PortholeException(Kind.FAILED, message, problem);
        };
    }

    /** The authorization server said no. */
    static PortholeException of(AuthorizationException refused) {
        String said = refused.getMessage();
        String message = said == null ? refused.error() : said;
        Kind kind = refused.error().equals("access_denied") ? Kind.CANCELLED : Kind.FAILED;
        return new PortholeException(kind, message, refused);
    }

    /** There was no answer, or a file of ours can't be used. */
    static PortholeException of(IOException failed, @Nullable ServerAddress server) {
        String said = failed.getMessage();
        String detail = said == null ? failed.getClass().getSimpleName() : said;
        if (server == null || failed instanceof FileSystemException) {
            return new PortholeException(Kind.FAILED, detail, failed);
        }
        return new PortholeException(
                Kind.UNREACHABLE, "The server at " + server + " can't be reached: " + detail, failed);
    }

    /** Someone interrupted the call; the thread stays marked. */
    static PortholeException of(InterruptedException stopped) {
        Thread.currentThread().interrupt();
        return new PortholeException(Kind.CANCELLED, "Stopped.", stopped);
    }
}
