package dev.porthole.desktop.tray;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.freedesktop.dbus.types.Variant;

/**
 * A menu as {@code com.canonical.dbusmenu} numbers it. The same entry has the same number in every later tree, so that
 * a click on a menu that has changed meanwhile never means another entry.
 */
final class MenuTree {
    static final int ROOT = 0;

    private final Map<Object, Integer> numbers;
    private final Map<Integer, Line> lines = new HashMap<>();

    private MenuTree(Map<Object, Integer> numbers) {
        this.numbers = numbers;
    }

    /** A menu with nothing in it. */
    static MenuTree empty() {
        MenuTree tree = new MenuTree(new HashMap<>());
        tree.lines.put(ROOT, new Line(Map.of(), List.of(), Optional.empty()));
        return tree;
    }

    /** The next menu, with this one's numbers. */
    MenuTree next(List<TrayEntry> menu) {
        MenuTree tree = new MenuTree(new HashMap<>(numbers));
        tree.submenu(ROOT, "", Map.of(), menu);
        return tree;
    }

    /** What a click on a number means; empty if it can't be chosen, or is there no more. */
    Optional<TrayCommand> command(int id) {
        return Optional.ofNullable(lines.get(id)).flatMap(Line::command);
    }

    boolean has(int id) {
        return lines.containsKey(id);
    }

    List<Integer> ids() {
        return List.copyOf(lines.keySet());
    }

    /** A node's properties; all if no name is given. */
    Map<String, Variant<?>> properties(int id, List<String> names) {
        Line line = lines.get(id);
        if (line == null) {
            return Map.of();
        }
        Map<String, Variant<?>> wanted = new LinkedHashMap<>(line.properties());
        if (!names.isEmpty()) {
            wanted.keySet().retainAll(names);
        }
        return wanted;
    }

    /** A node and what is below it, so many levels deep; -1 for all. */
    DbusMenu.Node node(int id, int depth, List<String> names) {
        Line line = lines.getOrDefault(id, new Line(Map.of(), List.of(), Optional.empty()));
        List<Variant<?>> children = new ArrayList<>();
        if (depth != 0) {
            for (int child : line.children()) {
                children.add(new Variant<>(node(child, depth - 1, names), DbusMenu.Node.SIGNATURE));
            }
        }
        return new DbusMenu.Node(id, properties(id, names), children);
    }

    private void submenu(int id, String path, Map<String, Variant<?>> properties, List<TrayEntry> entries) {
        List<Integer> children = new ArrayList<>();
        for (TrayEntry entry : entries) {
            children.add(add(entry, path, children.size()));
        }
        lines.put(id, new Line(properties, children, Optional.empty()));
    }

    private int add(TrayEntry entry, String path, int place) {
        return switch (entry) {
            case TrayEntry.Words(String words) ->
                put(path + "/" + place, Map.of("label", label(words), "enabled", new Variant<>(false)), null);
            case TrayEntry.Separator _ -> put(path + "/-" + place, Map.of("type", new Variant<>("separator")), null);
            case TrayEntry.Item(String words, TrayCommand command) ->
                put(command, Map.of("label", label(words)), command);
            case TrayEntry.Choice(String words, boolean chosen, TrayCommand command) ->
                put(
                        command,
                        Map.of(
                                "label",
                                label(words),
                                "toggle-type",
                                new Variant<>("radio"),
                                "toggle-state",
                                new Variant<>(chosen ? 1 : 0)),
                        command);
            case TrayEntry.Submenu(String key, String words, List<TrayEntry> entries) -> {
                int id = number(path + "/" + key);
                submenu(
                        id,
                        path + "/" + key,
                        Map.of("label", label(words), "children-display", new Variant<>("submenu")),
                        entries);
                yield id;
            }
        };
    }

    private int put(
            Object key, Map<String, Variant<?>> properties, @org.jspecify.annotations.Nullable TrayCommand command) {
        int id = number(key);
        lines.put(id, new Line(properties, List.of(), Optional.ofNullable(command)));
        return id;
    }

    private int number(Object key) {
        return numbers.computeIfAbsent(key, unknown -> numbers.size() + 1);
    }

    /** An underscore in front of a letter would be a mnemonic; two are one underscore. */
    private static Variant<?> label(String words) {
        return new Variant<>(words.replace("_", "__"));
    }

    private record Line(Map<String, Variant<?>> properties, List<Integer> children, Optional<TrayCommand> command) {}
}
