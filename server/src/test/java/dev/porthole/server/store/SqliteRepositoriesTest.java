package dev.porthole.server.store;

class SqliteRepositoriesTest extends RepositoryContract {
    @Override
    Store open() {
        return Store.open(folder);
    }
}
