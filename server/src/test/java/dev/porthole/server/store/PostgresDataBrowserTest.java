package dev.porthole.server.store;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;

@Tag("tools")
class PostgresDataBrowserTest extends DataBrowserContract {
    /** One for all of them: what is asked there changes nothing, and making a database takes a second. */
    private static @Nullable DatabaseUrl shared;

    @Override
    Store open() {
        DatabaseUrl url = shared;
        if (url == null) {
            url = DatabaseUrl.parse(PostgresServer.shared().database());
            shared = url;
        }
        Store store = Store.open(folder, url);
        store.writeOnly(handle -> {
            handle.execute("DELETE FROM users");
            handle.execute("DELETE FROM derivation_keys");
        });
        return store;
    }
}
