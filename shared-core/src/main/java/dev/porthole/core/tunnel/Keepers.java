package dev.porthole.core.tunnel;

import java.nio.file.Path;

/**
 * Which processes of this home take up what another one turns on: the app, while it runs. Each holds a lock, as for the
 * tunnels that it carries. Any thread.
 */
final class Keepers implements AutoCloseable {
    private static final String KEEPER = "keeper";

    private final Carrying locks;

    /** {@code folder} is made for the first of them. */
    Keepers(Path folder) {
        this.locks = new Carrying(folder);
    }

    /** This process does from now on. */
    void begin() {
        locks.begin(KEEPER);
    }

    /** Whether another process does. */
    boolean elsewhere() {
        return locks.elsewhere(KEEPER);
    }

    @Override
    public void close() {
        locks.close();
    }
}
