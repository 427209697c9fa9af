package dev.porthole.server.admin;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** What a server does for its owner's own programs. Blocking: called on virtual threads. */
public interface AdminCommands {
    /** A command that can't be done; the message is one line for people. */
    final class RefusedException extends Exception {
        private static final long serialVersionUID = 1L;

        public RefusedException(String message) {
            super(message);
        }
    }

    /** How a running server is reached. */
    record Status(String version, String address, long pid) {}

    Status status();

    /** A single-use code for the owner's account, bound to a PKCE challenge (S256) and a redirect address. */
    String ownerCode(String challenge, String redirect) throws RefusedException;

    /** A fresh API key of a user for a project; the user's first one, if none is named. */
    String token(String user, @Nullable String project) throws RefusedException;

    /**
     * Writes a backup to a new file.
     *
     * @param file absolute
     * @return whether the database is in it
     */
    boolean backup(Path file) throws RefusedException;

    /** A program began to need the server; the result is closed when it does no more. */
    AutoCloseable lease();
}
