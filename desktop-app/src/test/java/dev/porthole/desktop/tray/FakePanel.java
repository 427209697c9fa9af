package dev.porthole.desktop.tray;

import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.freedesktop.dbus.DBusMatchRule;
import org.freedesktop.dbus.annotations.DBusInterfaceName;
import org.freedesktop.dbus.connections.impl.DBusConnection;
import org.freedesktop.dbus.exceptions.DBusException;
import org.freedesktop.dbus.interfaces.DBusInterface;
import org.freedesktop.dbus.interfaces.Properties;
import org.freedesktop.dbus.messages.DBusSignal;
import org.freedesktop.dbus.types.UInt32;
import org.freedesktop.dbus.types.Variant;

/** A watcher with a panel, of the test's own: takes icons and reads their menus. */
public final class FakePanel implements Properties, AutoCloseable {
    private static final int PATIENCE_SECONDS = 20;

    final BlockingQueue<String> registered = new LinkedBlockingQueue<>();
    final BlockingQueue<String> signals = new LinkedBlockingQueue<>();
    private final DBusConnection connection;
    private final String name;
    private final boolean hasHost;

    public FakePanel(DBusConnection connection, String name, boolean hasHost) throws DBusException {
        this.connection = connection;
        this.name = name;
        this.hasHost = hasHost;
        connection.exportObject(
                "/StatusNotifierWatcher", name.startsWith("org.kde") ? new KdeSide(this) : new FreedesktopSide(this));
        for (String from : List.of(StatusNotifierItem.Kde.NAME, DbusMenu.NAME)) {
            AutoCloseable _ = connection.addGenericSigHandler(
                    new DBusMatchRule("signal", from, null), (DBusSignal signal) -> signals.add(signal.getName()));
        }
        connection.requestBusName(name);
    }

    /** The next icon that asks to be shown. */
    public String nextIcon() throws InterruptedException {
        return heard(registered, "an icon");
    }

    /** Waits for a signal of the icon or its menu. */
    public void awaitSignal(String wanted) throws InterruptedException {
        String signal;
        do {
            signal = heard(signals, wanted);
        } while (!signal.equals(wanted));
    }

    /** A property of an icon. */
    Object property(String icon, String property) throws DBusException {
        return property(icon, StatusNotifierItem.Kde.NAME, property);
    }

    Object property(String icon, String itemInterface, String property) throws DBusException {
        Object value = connection
                .getRemoteObject(icon, StatusNotifierTray.ITEM_PATH, Properties.class)
                .Get(itemInterface, property);
        return value instanceof Variant<?> variant ? variant.getValue() : value;
    }

    /** The icon itself. */
    StatusNotifierItem.Kde item(String icon) throws DBusException {
        return connection.getRemoteObject(icon, StatusNotifierTray.ITEM_PATH, StatusNotifierItem.Kde.class);
    }

    /** Its menu. */
    DbusMenu menu(String icon) throws DBusException {
        return connection.getRemoteObject(icon, StatusNotifierTray.MENU_PATH, DbusMenu.class);
    }

    /** The number of the entry with these words, wherever in the menu, once it is there. */
    public int await(String icon, String words) throws Exception {
        while (!has(icon, words)) {
            awaitSignal("LayoutUpdated");
        }
        return find(icon, words);
    }

    private boolean has(String icon, String words) throws DBusException {
        return menu(icon).GetGroupProperties(List.of(), List.of("label")).stream()
                .anyMatch(it -> it.properties.containsKey("label")
                        && words.equals(it.properties.get("label").getValue()));
    }

    /** The number of the entry with these words, wherever in the menu. */
    public int find(String icon, String words) throws DBusException {
        return menu(icon).GetGroupProperties(List.of(), List.of("label")).stream()
                .filter(it -> it.properties.containsKey("label")
                        && words.equals(it.properties.get("label").getValue()))
                .map(it -> it.id)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no entry: " + words));
    }

    /** Clicks the entry with this number. */
    public void click(String icon, int id) throws DBusException {
        menu(icon).Event(id, "clicked", new Variant<>(""), new UInt32(0));
    }

    @Override
    public String getObjectPath() {
        return "/StatusNotifierWatcher";
    }

    @Override
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // the library has it so
    public <A> A Get(String interfaceName, String property) {
        return (A) new Variant<>(hasHost);
    }

    @Override
    public <A> void Set(String interfaceName, String property, A value) {}

    @Override
    public Map<String, Variant<?>> GetAll(String interfaceName) {
        return Map.of("IsStatusNotifierHostRegistered", new Variant<>(hasHost));
    }

    @Override
    public void close() throws DBusException {
        leave();
    }

    /** Goes away, as a panel that crashes or is restarted. */
    void leave() throws DBusException {
        if (connection.isConnected()) {
            connection.releaseBusName(name);
            connection.disconnect();
        }
    }

    static <T> T heard(BlockingQueue<T> queue, String what) throws InterruptedException {
        T value = queue.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (value == null) {
            throw new AssertionError("waiting for: " + what);
        }
        return value;
    }

    /** KDE's name of the watcher. */
    @DBusInterfaceName("org.kde.StatusNotifierWatcher")
    public interface KdeWatcher extends DBusInterface {
        void RegisterStatusNotifierItem(String service);
    }

    /** The specification's. */
    @DBusInterfaceName("org.freedesktop.StatusNotifierWatcher")
    public interface FreedesktopWatcher extends DBusInterface {
        void RegisterStatusNotifierItem(String service);
    }

    /** What both have. */
    public abstract static class Side implements Properties {
        final FakePanel panel;

        Side(FakePanel panel) {
            this.panel = panel;
        }

        @Override
        public String getObjectPath() {
            return panel.getObjectPath();
        }

        @Override
        @SuppressWarnings("TypeParameterUnusedInFormals") // the library has it so
        public <A> A Get(String interfaceName, String property) {
            return panel.Get(interfaceName, property);
        }

        @Override
        public <A> void Set(String interfaceName, String property, A value) {}

        @Override
        public Map<String, Variant<?>> GetAll(String interfaceName) {
            return panel.GetAll(interfaceName);
        }
    }

    /** Exported under KDE's name. */
    public static final class KdeSide extends Side implements KdeWatcher {
        KdeSide(FakePanel panel) {
            super(panel);
        }

        @Override
        public void RegisterStatusNotifierItem(String service) {
            panel.registered.add(service);
        }
    }

    /** Exported under the specification's name. */
    public static final class FreedesktopSide extends Side implements FreedesktopWatcher {
        FreedesktopSide(FakePanel panel) {
            super(panel);
        }

        @Override
        public void RegisterStatusNotifierItem(String service) {
            panel.registered.add(service);
        }
    }
}
