package dev.porthole.desktop.tray;

import dev.porthole.desktop.dbus.SessionBus;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.freedesktop.dbus.exceptions.DBusException;
import org.freedesktop.dbus.types.UInt32;
import org.freedesktop.dbus.types.Variant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tray of a Linux desktop: a StatusNotifierItem with its menu, registered with the watchers of KDE's and
 * freedesktop.org's name, and again whenever one of them starts anew. AWT's own tray is missing or black on GNOME.
 *
 * <p>Threads: calls from any; all of it happens on the bus's thread.
 */
final class StatusNotifierTray implements Tray {
    static final String ITEM_PATH = "/StatusNotifierItem";
    static final String MENU_PATH = "/MenuBar";
    static final List<String> WATCHERS =
            List.of("org.kde.StatusNotifierWatcher", "org.freedesktop.StatusNotifierWatcher");

    private static final Logger LOG = LoggerFactory.getLogger(StatusNotifierTray.class);
    private static final String WATCHER_PATH = "/StatusNotifierWatcher";
    private static final List<String> ITEM_INTERFACES =
            List.of(StatusNotifierItem.Kde.NAME, StatusNotifierItem.Freedesktop.NAME);

    private final SessionBus bus;
    private final TrayListener listener;
    private final BusItem item;
    private final BusMenu menu;
    private final AtomicReference<@Nullable TrayState> newest = new AtomicReference<>();
    private final String name =
            "org.kde.StatusNotifierItem-" + ProcessHandle.current().pid() + "-1";
    // Belong to the bus's thread.
    private @Nullable TrayState told;
    private final Set<String> showing = new HashSet<>();
    private boolean shown;

    private StatusNotifierTray(SessionBus bus, TrayListener listener, String title) {
        this.bus = bus;
        this.listener = listener;
        this.item = new BusItem(listener, MENU_PATH, title);
        this.menu = new BusMenu(listener);
    }

    /** Looks for a tray from now on. Returns at once. */
    static StatusNotifierTray start(SessionBus bus, TrayListener listener, String title) {
        StatusNotifierTray tray = new StatusNotifierTray(bus, listener, title);
        bus.run("the tray", tray::begin);
        return tray;
    }

    @Override
    public void show(TrayState state) {
        // The newest always arrives; those that came faster than the bus takes them are skipped.
        if (newest.getAndSet(state) == null) {
            bus.run("the tray's news", this::tell);
        }
    }

    @Override
    public void close() {
        // The watchers notice by the name's owner going; nothing has to be said.
        newest.set(null);
    }

    private void begin(SessionBus on) throws DBusException {
        on.export(ITEM_PATH, item);
        on.export(MENU_PATH, menu);
        on.own(name);
        on.listen("org.freedesktop.DBus", "NameOwnerChanged", this::ownerChanged);
        for (String watcher : WATCHERS) {
            on.listen(watcher, "StatusNotifierHostRegistered", values -> lookAgain(watcher));
            on.listen(watcher, "StatusNotifierHostUnregistered", values -> lookAgain(watcher));
        }
        for (String watcher : WATCHERS) {
            if (isThere(on, watcher)) {
                register(on, watcher);
            }
        }
        say();
    }

    private void ownerChanged(Object[] values) {
        if (values.length != 3 || !(values[0] instanceof String watcher) || !WATCHERS.contains(watcher)) {
            return;
        }
        boolean gone = "".equals(values[2]);
        bus.run("the tray's watcher " + watcher, on -> {
            if (gone) {
                showing.remove(watcher);
            } else {
                register(on, watcher);
            }
            say();
        });
    }

    private void lookAgain(String watcher) {
        bus.run("the tray's host", on -> {
            look(on, watcher);
            say();
        });
    }

    private static boolean isThere(SessionBus on, String service) throws DBusException {
        Object[] answer = on.call("org.freedesktop.DBus", "/", "org.freedesktop.DBus", "NameHasOwner", "s", service);
        return answer.length == 1 && Boolean.TRUE.equals(answer[0]);
    }

    private void register(SessionBus on, String watcher) {
        try {
            Object[] _ = on.call(watcher, WATCHER_PATH, watcher, "RegisterStatusNotifierItem", "s", name);
            look(on, watcher);
        } catch (DBusException refused) {
            showing.remove(watcher);
            LOG.info("No icon at {}: {}", watcher, refused.getMessage());
        }
    }

    /** A watcher without a host keeps the icon for a panel that may come, and nobody sees it. */
    private void look(SessionBus on, String watcher) throws DBusException {
        Object[] answer = on.call(
                watcher,
                WATCHER_PATH,
                "org.freedesktop.DBus.Properties",
                "Get",
                "ss",
                watcher,
                "IsStatusNotifierHostRegistered");
        boolean hasHost = answer.length == 1
                && (answer[0] instanceof Variant<?> variant
                        ? Boolean.TRUE.equals(variant.getValue())
                        : Boolean.TRUE.equals(answer[0]));
        if (hasHost) {
            showing.add(watcher);
        } else {
            showing.remove(watcher);
        }
    }

    private void say() {
        boolean isShown = !showing.isEmpty();
        if (isShown != shown) {
            shown = isShown;
            listener.shown(isShown);
        }
    }

    private void tell(SessionBus on) throws DBusException {
        TrayState state = newest.getAndSet(null);
        TrayState before = told;
        if (state == null || state.equals(before)) {
            return;
        }
        told = state;
        item.put(state.look(), state.hint());
        if (before == null || !before.menu().equals(state.menu())) {
            UInt32 revision = menu.put(state.menu());
            on.signal(MENU_PATH, DbusMenu.NAME, "LayoutUpdated", "ui", revision, MenuTree.ROOT);
        }
        for (String signal : changes(before, state)) {
            for (String itemInterface : ITEM_INTERFACES) {
                if (signal.equals("NewStatus")) {
                    on.signal(ITEM_PATH, itemInterface, signal, "s", BusItem.status(state.look()));
                } else {
                    on.signal(ITEM_PATH, itemInterface, signal, null);
                }
            }
        }
    }

    private static List<String> changes(@Nullable TrayState before, TrayState state) {
        List<String> changes = new ArrayList<>();
        if (before == null || before.look() != state.look()) {
            changes.add("NewIcon");
            changes.add("NewStatus");
        }
        if (before == null || !Objects.equals(before.hint(), state.hint())) {
            changes.add("NewToolTip");
        }
        return changes;
    }
}
