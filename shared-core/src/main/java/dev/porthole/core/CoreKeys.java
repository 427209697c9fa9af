package dev.porthole.core;

import dev.porthole.core.CoreConnectors.ActiveProject;
import dev.porthole.core.api.ApiKey;
import dev.porthole.core.api.ApiKeyRequest;
import dev.porthole.core.api.NewApiKey;
import java.util.List;

/** {@link ProjectKeys} over the REST API. */
record CoreKeys(Connections connections, ActiveProject project) implements ProjectKeys {
    @Override
    public List<ApiKey> list() throws PortholeException {
        String active = project.id();
        return connections.call(connection -> connection.client().owners().keys(active));
    }

    @Override
    public NewApiKey create(ApiKeyRequest request) throws PortholeException {
        String active = project.id();
        return connections.call(connection -> connection.client().owners().createKey(active, request));
    }

    @Override
    public NewApiKey rotate(String keyId) throws PortholeException {
        String active = project.id();
        return connections.call(connection -> connection.client().owners().rotateKey(active, keyId));
    }

    @Override
    public void revoke(String keyId) throws PortholeException {
        String active = project.id();
        boolean _ = connections.call(connection -> {
            connection.client().owners().revokeKey(active, keyId);
            return true;
        });
    }
}
