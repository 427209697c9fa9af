package dev.porthole.server;

import dev.porthole.server.admin.AdminCommands;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** What a running server does for its owner over the admin socket. */
record RunningServer(IdentitySide identity, KeyMint keys, URI address, LeaseCount leases) implements AdminCommands {
    @Override
    public Status status() {
        return new Status(
                ServerVersion.current(),
                address.toString(),
                ProcessHandle.current().pid());
    }

    @Override
    public String ownerCode(String challenge, String redirect) throws RefusedException {
        return identity.ownerCode(challenge, redirect);
    }

    @Override
    public String token(String user, @Nullable String project) throws RefusedException {
        return keys.token(user, project);
    }

    @Override
    public AutoCloseable lease() {
        return leases.take();
    }
}
