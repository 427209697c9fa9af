package dev.porthole.desktop.dbus;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.freedesktop.dbus.connections.impl.DBusConnection;
import org.freedesktop.dbus.connections.impl.DBusConnectionBuilder;
import org.freedesktop.dbus.exceptions.DBusException;

/** A session bus of the test's own: nothing of it reaches the person's desktop. */
public final class OwnBus implements AutoCloseable {
    private final Process session;
    private final String address;

    private OwnBus(Process session, String address) {
        this.session = session;
        this.address = address;
    }

    /** Starts one; it ends with its standard input. */
    public static OwnBus start() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                "dbus-run-session", "--", "sh", "-c", "echo \"$DBUS_SESSION_BUS_ADDRESS\"; exec cat");
        builder.environment().remove("DBUS_SESSION_BUS_ADDRESS");
        builder.redirectError(ProcessBuilder.Redirect.DISCARD);
        Process session = builder.start();
        BufferedReader said = session.inputReader();
        String address = said.readLine();
        if (address == null) {
            throw new IOException("dbus-run-session ended with " + session.exitValue());
        }
        return new OwnBus(session, address);
    }

    /** As our side reaches it. */
    public SessionBus forTheApp() {
        return SessionBus.at(address);
    }

    /** As the desktop's side reaches it; each call is another program. */
    public DBusConnection connect() throws DBusException {
        return DBusConnectionBuilder.forAddress(address).withShared(false).build();
    }

    @Override
    public void close() throws IOException {
        session.getOutputStream().close();
        try {
            if (!session.waitFor(10, TimeUnit.SECONDS)) {
                session.destroyForcibly();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            session.destroyForcibly();
        }
    }
}
