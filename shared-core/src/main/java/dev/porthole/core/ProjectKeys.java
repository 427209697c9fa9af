package dev.porthole.core;

import dev.porthole.core.api.ApiKey;
import dev.porthole.core.api.ApiKeyRequest;
import dev.porthole.core.api.NewApiKey;
import java.util.List;

/** The API keys of the active project. Threads and errors are those of {@link Porthole}. */
public interface ProjectKeys {
    /** All that are valid, as the server orders them; without their secrets, which nobody can say again. */
    List<ApiKey> list() throws PortholeException;

    /** Makes one; the answer is the only one that has its secret. */
    NewApiKey create(ApiKeyRequest request) throws PortholeException;

    /** Puts another one in the place of one, which ends at once with its sessions. */
    NewApiKey rotate(String keyId) throws PortholeException;

    /** Ends one and its sessions at once. */
    void revoke(String keyId) throws PortholeException;
}
