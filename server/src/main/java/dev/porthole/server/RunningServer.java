package dev.porthole.server;

import dev.porthole.server.admin.AdminCommands;
import dev.porthole.server.store.Backup;
import dev.porthole.server.store.Store;
import dev.porthole.server.store.StoreException;
import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** What a running server does for its owner over the admin socket. */
record RunningServer(IdentitySide identity, KeyMint keys, Store store, Path dataFolder, URI address, LeaseCount leases)
        implements AdminCommands {
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
    public boolean backup(Path file) throws RefusedException {
        try {
            return Backup.ofRunning(store, dataFolder, file);
        } catch (StoreException failed) {
            throw new RefusedException(String.valueOf(failed.getMessage()));
        }
    }

    @Override
    public AutoCloseable lease() {
        return leases.take();
    }
}
