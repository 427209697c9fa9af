package dev.porthole.server.store;

import org.junit.jupiter.api.Tag;

@Tag("tools")
class PostgresDataBrowserTest extends DataBrowserContract {
    @Override
    Store open() {
        return Store.open(folder, DatabaseUrl.parse(PostgresServer.shared().migratedDatabase(folder)));
    }
}
