package dev.porthole.server;

import dev.porthole.server.admin.AdminCommands.RefusedException;
import dev.porthole.server.admin.DataFolder;
import dev.porthole.server.config.SignInSettings;
import dev.porthole.server.control.FirstProject;
import dev.porthole.server.control.SystemScheduler;
import dev.porthole.server.store.DatabaseUrl;
import dev.porthole.server.store.SecretBox;
import dev.porthole.server.store.Store;
import dev.porthole.server.store.StoreException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What can be done with a data folder while no server runs on it: the folder is held meanwhile, so none can start.
 *
 * @param database a PostgreSQL; null for the folder's own database
 */
record StoppedServer(Path dataDir, @Nullable DatabaseUrl database) {
    /** Where it would be reached matters to no key. */
    private static final URI NOWHERE = URI.create("http://localhost");

    /**
     * A fresh API key.
     *
     * @throws StoreException if there is no database in the folder, or another process holds it
     */
    String token(String user, @Nullable String project) throws RefusedException {
        if (!Files.exists(dataDir.resolve(database == null ? Store.FILE : SecretBox.FILE))) {
            throw new StoreException(
                    dataDir + ": no server has used this folder yet (expected: a server's data folder)");
        }
        try (DataFolder folder = DataFolder.take(dataDir);
                Store store = Store.open(folder.path(), database);
                SystemScheduler clock = new SystemScheduler()) {
            IdentitySide identity = new StandardComposition(Map.of())
                    .identity(new Composition.IdentityNeeds(
                            store,
                            SecretBox.in(folder.path()),
                            NOWHERE,
                            NOWHERE,
                            SignInSettings.DEFAULT,
                            clock::now,
                            signedIn -> {},
                            ended -> {}));
            return new KeyMint(store, identity, FirstProject.offline(store, clock)).token(user, project);
        }
    }
}
