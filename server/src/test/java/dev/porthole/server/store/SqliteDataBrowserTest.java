package dev.porthole.server.store;

class SqliteDataBrowserTest extends DataBrowserContract {
    @Override
    Store open() {
        return Store.open(folder);
    }
}
