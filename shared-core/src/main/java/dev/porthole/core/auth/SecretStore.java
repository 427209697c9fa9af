package dev.porthole.core.auth;

import java.io.IOException;
import java.util.Optional;

/** Where tokens are kept between starts. Blocking, safe from any thread and with other processes of the same home. */
public interface SecretStore {
    /** What is kept under a name. */
    Optional<String> read(String name) throws IOException;

    /** Keeps a secret, in place of the one before. */
    void write(String name, String secret) throws IOException;

    /** Forgets a secret; none is fine. */
    void delete(String name) throws IOException;

    /** Where it keeps them. */
    Kind kind();

    /** The places. */
    enum Kind {
        /** The system's keychain. */
        KEYCHAIN,
        /** A file that a passphrase encrypts. */
        SEALED_FILE,
        /** A file that only its user may read. */
        PRIVATE_FILE,
        /** Nowhere, once this process ends. */
        MEMORY
    }

    /** How it is protected, for people: "in the keychain". */
    String protection();
}
