package dev.porthole.desktop.dbus;

import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.freedesktop.dbus.DBusMatchRule;
import org.freedesktop.dbus.connections.impl.DBusConnection;
import org.freedesktop.dbus.connections.impl.DBusConnectionBuilder;
import org.freedesktop.dbus.exceptions.DBusException;
import org.freedesktop.dbus.interfaces.DBusInterface;
import org.freedesktop.dbus.messages.DBusSignal;
import org.freedesktop.dbus.messages.Message;
import org.freedesktop.dbus.messages.MethodCall;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The desktop's session bus, connected when it is first needed.
 *
 * <p>Threads: {@link #run} from any; the work has one thread of its own, so that a bus or a peer that hangs holds up
 * nothing else. Errors: none come out; a bus that is not there or fails costs a line in the log, and what was asked of
 * it does not happen.
 */
public final class SessionBus implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SessionBus.class);
    private static final Duration REPLY_LIMIT = Duration.ofSeconds(5);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(1);

    private final @Nullable String address;
    private final ExecutorService worker = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("porthole-bus").factory());
    // Belongs to the worker.
    private @Nullable DBusConnection connection;
    private boolean broken;

    private SessionBus(@Nullable String address) {
        this.address = address;
    }

    /** The bus of this login session. */
    public static SessionBus ofThisSession() {
        return new SessionBus(null);
    }

    /** A bus at an address, such as {@code unix:path=/tmp/bus}. */
    public static SessionBus at(String address) {
        return new SessionBus(address);
    }

    /** Whether this system is one whose desktops speak over a bus. */
    public static boolean isUsual() {
        String os = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        return !os.startsWith("windows") && !os.startsWith("mac");
    }

    /** Work with the bus. */
    @FunctionalInterface
    public interface Work {
        void run(SessionBus bus) throws DBusException;
    }

    /** Does {@code work} on the bus's own thread, after what was asked before. Returns at once. */
    public void run(String what, Work work) {
        try {
            worker.execute(() -> attempt(what, work));
        } catch (RejectedExecutionException closed) {
            LOG.debug("{}: the bus is closed", what);
        }
    }

    /** Makes an object callable for others. On the bus's thread. */
    public void export(String path, DBusInterface object) throws DBusException {
        connected().exportObject(path, object);
    }

    /** Becomes the owner of a well-known name. On the bus's thread. */
    public void own(String name) throws DBusException {
        connected().requestBusName(name);
    }

    /** Calls {@code heard} for each signal of a kind, on a thread of the bus's. On the bus's thread. */
    public void listen(String interfaceName, String signal, SignalHandler heard) throws DBusException {
        AutoCloseable _ = connected()
                .addGenericSigHandler(new DBusMatchRule("signal", interfaceName, signal), message -> {
                    try {
                        heard.heard(message.getParameters());
                    } catch (DBusException | RuntimeException unreadable) {
                        LOG.debug("{}.{} could not be read", interfaceName, signal, unreadable);
                    }
                });
    }

    /** What to do with a signal's values. */
    @FunctionalInterface
    public interface SignalHandler {
        void heard(Object[] values);
    }

    /** Sends a signal. On the bus's thread. */
    public void signal(String path, String interfaceName, String signal, @Nullable String signature, Object... values)
            throws DBusException {
        DBusConnection bus = connected();
        bus.sendMessage(new DBusSignal(bus.getUniqueName(), path, interfaceName, signal, signature, values));
    }

    /**
     * Calls a method and waits for the answer, five seconds at most. On the bus's thread.
     *
     * @return the answer's values
     * @throws DBusException if the other side says no, is not there, or is silent
     */
    public Object[] call(
            String service,
            String path,
            String interfaceName,
            String method,
            @Nullable String signature,
            Object... values)
            throws DBusException {
        DBusConnection bus = connected();
        MethodCall call =
                new MethodCall(bus.getUniqueName(), service, path, interfaceName, method, (byte) 0, signature, values);
        bus.sendMessage(call);
        Message reply = call.getReply(REPLY_LIMIT.toMillis());
        if (reply == null) {
            throw new DBusException(
                    service + " did not answer " + method + " within " + REPLY_LIMIT.toSeconds() + " s");
        }
        if (reply instanceof org.freedesktop.dbus.errors.Error refused) {
            throw new DBusException(service + " refused " + method + ": " + refused.getName());
        }
        return reply.getParameters();
    }

    /** Ends the connection, after what was asked before; waits a second at most. */
    @Override
    public void close() {
        run("closing", bus -> bus.disconnect());
        worker.shutdown();
        try {
            if (!worker.awaitTermination(CLOSE_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                worker.shutdownNow();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void attempt(String what, Work work) {
        if (broken) {
            return;
        }
        try {
            work.run(this);
        } catch (DBusException | RuntimeException failed) {
            // Nobody is asked: the desktop is as good as one without it.
            LOG.info("{}: {}", what, String.valueOf(failed.getMessage()));
            LOG.debug("{}", what, failed);
        }
    }

    private DBusConnection connected() throws DBusException {
        DBusConnection held = connection;
        if (held != null) {
            return held;
        }
        try {
            DBusConnectionBuilder builder =
                    address == null ? DBusConnectionBuilder.forSessionBus() : DBusConnectionBuilder.forAddress(address);
            // Shared is java-keyring's way: closing that one must not end ours.
            DBusConnection made = builder.withShared(false).build();
            connection = made;
            return made;
        } catch (DBusException | RuntimeException none) {
            // Asked once: a session's bus does not come later.
            broken = true;
            throw none;
        }
    }

    private void disconnect() {
        if (connection != null) {
            connection.disconnect();
        }
        broken = true;
    }
}
