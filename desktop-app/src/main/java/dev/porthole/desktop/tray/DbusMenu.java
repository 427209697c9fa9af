package dev.porthole.desktop.tray;

import java.util.List;
import java.util.Map;
import org.freedesktop.dbus.Struct;
import org.freedesktop.dbus.Tuple;
import org.freedesktop.dbus.annotations.DBusInterfaceName;
import org.freedesktop.dbus.annotations.Position;
import org.freedesktop.dbus.interfaces.DBusInterface;
import org.freedesktop.dbus.types.UInt32;
import org.freedesktop.dbus.types.Variant;

/** {@code com.canonical.dbusmenu}, version 3: a menu that the panel draws. Public for the bus's library. */
@DBusInterfaceName(DbusMenu.NAME)
public interface DbusMenu extends DBusInterface {
    String NAME = "com.canonical.dbusmenu";

    /** The menu below a node, so many levels deep; -1 for all. */
    Layout<UInt32, Node> GetLayout(int parentId, int depth, List<String> propertyNames);

    /** Properties of several nodes; of all, if no id is given. */
    List<NodeProperties> GetGroupProperties(List<Integer> ids, List<String> propertyNames);

    /** One property of one node. */
    Variant<?> GetProperty(int id, String name);

    /** Something happened to a node: {@code clicked}, {@code hovered}, {@code opened}, {@code closed}. */
    void Event(int id, String type, Variant<?> data, UInt32 timestamp);

    /** Several of these; answers the ids that there are not. */
    List<Integer> EventGroup(List<NodeEvent> events);

    /** The menu below a node is about to show; answers whether it has to be read again. */
    boolean AboutToShow(int id);

    /** Several of these; answers which have to be read again, and the ids that there are not. */
    AboutToShowAnswer<List<Integer>, List<Integer>> AboutToShowGroup(List<Integer> ids);

    /** {@code (u(ia{sv}av))}: the revision, and the node asked for. */
    final class Layout<R, N> extends Tuple {
        @Position(0)
        public final R revision;

        @Position(1)
        public final N root;

        public Layout(R revision, N root) {
            this.revision = revision;
            this.root = root;
        }
    }

    /** {@code (aiai)}. */
    final class AboutToShowAnswer<U, E> extends Tuple {
        @Position(0)
        public final U toRead;

        @Position(1)
        public final E unknown;

        public AboutToShowAnswer(U toRead, E unknown) {
            this.toRead = toRead;
            this.unknown = unknown;
        }
    }

    /** {@code (ia{sv}av)}: a node, its properties, and its children. */
    final class Node extends Struct {
        static final String SIGNATURE = "(ia{sv}av)";

        @Position(0)
        public final int id;

        @Position(1)
        public final Map<String, Variant<?>> properties;

        @Position(2)
        public final List<Variant<?>> children;

        public Node(int id, Map<String, Variant<?>> properties, List<Variant<?>> children) {
            this.id = id;
            this.properties = properties;
            this.children = children;
        }
    }

    /** {@code (ia{sv})}. */
    final class NodeProperties extends Struct {
        @Position(0)
        public final int id;

        @Position(1)
        public final Map<String, Variant<?>> properties;

        public NodeProperties(int id, Map<String, Variant<?>> properties) {
            this.id = id;
            this.properties = properties;
        }
    }

    /** {@code (isvu)}. */
    final class NodeEvent extends Struct {
        @Position(0)
        public final int id;

        @Position(1)
        public final String type;

        @Position(2)
        public final Variant<?> data;

        @Position(3)
        public final UInt32 timestamp;

        public NodeEvent(int id, String type, Variant<?> data, UInt32 timestamp) {
            this.id = id;
            this.type = type;
            this.data = data;
            this.timestamp = timestamp;
        }
    }
}
