package dev.porthole.server.store;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The database that tests of other packages use: SQLite, or with {@code -Dporthole.tests.database=postgresql} a real
 * PostgreSQL, so that any of them can be run on either.
 */
public final class TestStores {
    private static final boolean POSTGRES = "postgresql".equals(System.getProperty("porthole.tests.database"));
    private static final Map<Path, DatabaseUrl> DATABASES = new ConcurrentHashMap<>();

    private TestStores() {}

    /** A folder's database; the same one each time. */
    public static Store open(Path folder) {
        return POSTGRES
                ? Store.open(
                        folder,
                        DATABASES.computeIfAbsent(
                                folder,
                                one -> DatabaseUrl.parse(PostgresServer.shared().database())))
                : Store.open(folder);
    }
}
