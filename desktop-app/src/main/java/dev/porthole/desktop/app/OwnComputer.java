package dev.porthole.desktop.app;

import dev.porthole.core.Porthole;
import dev.porthole.core.PortholeException;
import dev.porthole.core.SignIn;
import dev.porthole.core.config.PortholeHome;
import dev.porthole.desktop.embedded.EmbeddedServer;
import dev.porthole.desktop.embedded.OwnServer;
import dev.porthole.desktop.signin.EmbeddedStart;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** This computer's own server, held for as long as the app runs. Threads: any. */
final class OwnComputer implements EmbeddedStart, AutoCloseable {
    private final PortholeHome home;
    private final Porthole porthole;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable OwnServer server;

    OwnComputer(PortholeHome home, Porthole porthole) {
        this.home = home;
        this.porthole = porthole;
    }

    @Override
    public SignIn.SignedIn start() throws PortholeException {
        OwnServer own = join();
        return porthole.signInAsOwner(own.baseUri(), own.ownerCodes());
    }

    @Override
    public void resume() throws PortholeException {
        OwnServer _ = join();
    }

    private OwnServer join() throws PortholeException {
        lock.lock();
        try {
            OwnServer held = server;
            if (held == null) {
                held = EmbeddedServer.join(home);
                server = held;
            }
            return held;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            if (server != null) {
                server.close();
                server = null;
            }
        } finally {
            lock.unlock();
        }
    }
}
