package dev.porthole.server.control;

import dev.porthole.core.api.ConnectorConnection;
import dev.porthole.core.api.Discovery;
import dev.porthole.server.identity.ConnectorCredentials;
import dev.porthole.server.store.StoredConnector;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Builds what is told of an external connector's way in, the same for its making, its showing and its rotation. */
final class ConnectorConnections {
    private static final String IMAGE = "ghcr.io/porthole/porthole:";

    private final Views views;
    private final IdentityProvider identity;
    private final String server;
    private final String image;

    ConnectorConnections(Views views, IdentityProvider identity, Discovery discovery) {
        this.views = views;
        this.identity = identity;
        this.server = withoutSlashes(discovery.issuer());
        // What is not released has no tag of its own.
        this.image = IMAGE + (discovery.version().endsWith("SNAPSHOT") ? "latest" : discovery.version());
    }

    /** A base URL may have been given with slashes in the end: paths that are put behind it begin with one. */
    private static String withoutSlashes(String url) {
        return url.replaceFirst("/+$", "");
    }

    /** @param credential the secret if it was just made, or empty */
    ConnectorConnection of(Handle handle, StoredConnector connector, String credential, Instant now) {
        Optional<ConnectorCredentials.Known> known = identity.credentialOf(handle, connector.id());
        String prefix = known.map(ConnectorCredentials.Known::prefix).orElse("");
        return new ConnectorConnection(
                views.connector(handle, connector, now),
                credential,
                prefix,
                known.map(ConnectorCredentials.Known::lastUsedAt).orElse(null),
                server,
                new ConnectorSnippets(server, image, credential, prefix).all());
    }
}
