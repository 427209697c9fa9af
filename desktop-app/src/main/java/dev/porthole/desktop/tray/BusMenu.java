package dev.porthole.desktop.tray;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.freedesktop.dbus.interfaces.Properties;
import org.freedesktop.dbus.types.UInt32;
import org.freedesktop.dbus.types.Variant;

/**
 * The tray's menu as the bus sees it. Public for the bus's library, which calls it on threads of its own; values go in
 * through {@link #put} from any.
 */
public final class BusMenu implements DbusMenu, Properties {
    private static final int VERSION = 3;

    private final TrayListener listener;
    private volatile Revision now = new Revision(1, MenuTree.empty());

    BusMenu(TrayListener listener) {
        this.listener = listener;
    }

    /** Takes a menu, and returns its revision. Called by one thread at a time. */
    UInt32 put(List<TrayEntry> menu) {
        Revision next = new Revision(now.number() + 1, now.tree().next(menu));
        now = next;
        return new UInt32(next.number());
    }

    @Override
    public Layout<UInt32, Node> GetLayout(int parentId, int depth, List<String> propertyNames) {
        Revision current = now;
        return new Layout<>(new UInt32(current.number()), current.tree().node(parentId, depth, propertyNames));
    }

    @Override
    public List<NodeProperties> GetGroupProperties(List<Integer> ids, List<String> propertyNames) {
        MenuTree tree = now.tree();
        return (ids.isEmpty() ? tree.ids() : ids)
                .stream()
                        .filter(tree::has)
                        .map(id -> new NodeProperties(id, tree.properties(id, propertyNames)))
                        .toList();
    }

    @Override
    public Variant<?> GetProperty(int id, String name) {
        Variant<?> value = now.tree().properties(id, List.of(name)).get(name);
        return value == null ? new Variant<>("") : value;
    }

    @Override
    public void Event(int id, String type, Variant<?> data, UInt32 timestamp) {
        switch (type) {
            case "clicked" -> now.tree().command(id).ifPresent(listener::chosen);
            case "opened" -> listener.opened();
            case "closed" -> {
                // Submenus close while the menu stays.
                if (id == MenuTree.ROOT) {
                    listener.closed();
                }
            }
            default -> {}
        }
    }

    @Override
    public List<Integer> EventGroup(List<NodeEvent> events) {
        List<Integer> unknown = new ArrayList<>();
        for (NodeEvent event : events) {
            if (now.tree().has(event.id)) {
                Event(event.id, event.type, event.data, event.timestamp);
            } else {
                unknown.add(event.id);
            }
        }
        return unknown;
    }

    @Override
    public boolean AboutToShow(int id) {
        listener.opened();
        return false;
    }

    @Override
    public AboutToShowAnswer<List<Integer>, List<Integer>> AboutToShowGroup(List<Integer> ids) {
        listener.opened();
        MenuTree tree = now.tree();
        return new AboutToShowAnswer<>(
                List.of(), ids.stream().filter(id -> !tree.has(id)).toList());
    }

    @Override
    public String getObjectPath() {
        return "/";
    }

    @Override
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // the library has it so
    public <A> A Get(String interfaceName, String property) {
        return (A)
                GetAll(interfaceName).getOrDefault(property, new Variant<>("")).getValue();
    }

    @Override
    public <A> void Set(String interfaceName, String property, A value) {
        // Nothing of it can be set.
    }

    @Override
    public Map<String, Variant<?>> GetAll(String interfaceName) {
        return Map.of(
                "Version", new Variant<>(new UInt32(VERSION)),
                "TextDirection", new Variant<>("ltr"),
                "Status", new Variant<>("normal"),
                "IconThemePath", new Variant<>(List.of(), "as"));
    }

    private record Revision(long number, MenuTree tree) {}
}
