package dev.porthole.desktop.cli;

import dev.porthole.core.PortholeException;
import dev.porthole.core.ProjectKeys;
import dev.porthole.core.api.ApiKey;
import dev.porthole.core.api.ApiKeyRequest;
import dev.porthole.core.api.NewApiKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** API keys in memory. */
final class FakeKeys implements ProjectKeys {
    /** What a key looks like that was made now. */
    static final String SECRET = "phk_4bQm8zX1Vw7sT0rK2yLhJd5fNcPe9aGuQm8zX1Vw7sT";

    private final FakePorthole porthole;
    final List<ApiKey> all = new ArrayList<>();

    FakeKeys(FakePorthole porthole) {
        this.porthole = porthole;
    }

    static ApiKey key(String id, String name) {
        return new ApiKey(
                id,
                "phk_" + name.substring(0, 2) + "cd",
                name,
                "usr_1",
                "prj_web",
                null,
                List.of("tunnels:read", "tunnels:write"),
                Instant.EPOCH,
                null,
                null);
    }

    @Override
    public List<ApiKey> list() throws PortholeException {
        porthole.refuse();
        return List.copyOf(all);
    }

    @Override
    public NewApiKey create(ApiKeyRequest request) throws PortholeException {
        porthole.refuse();
        porthole.done.add("made key " + request.name() + " scopes=" + request.scopes() + " tunnel=" + request.tunnel()
                + (request.expiresAt() == null ? "" : " expires"));
        ApiKey made = key("key_new", Objects.requireNonNull(request.name()));
        all.add(made);
        return new NewApiKey(made, SECRET);
    }

    @Override
    public NewApiKey rotate(String keyId) throws PortholeException {
        porthole.refuse();
        porthole.done.add("rotated " + keyId);
        return new NewApiKey(key(keyId, "successor"), SECRET);
    }

    @Override
    public void revoke(String keyId) throws PortholeException {
        porthole.refuse();
        porthole.done.add("revoked " + keyId);
    }
}
