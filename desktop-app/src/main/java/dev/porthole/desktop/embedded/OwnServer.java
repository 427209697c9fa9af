package dev.porthole.desktop.embedded;

import dev.porthole.core.Porthole.OwnerCodeSource;
import java.net.URI;

/** A hold on this computer's own server: it runs at least until this is closed. */
public interface OwnServer extends AutoCloseable {
    /** Where it serves, such as {@code http://localhost:8080}; the same each time. */
    URI baseUri();

    /** Signs its owner in without a question. */
    OwnerCodeSource ownerCodes();

    /** Lets go. The server stops some seconds after the last hold on it is gone. Idempotent. */
    @Override
    void close();
}
