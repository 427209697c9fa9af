package dev.porthole.core.declared;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** The fields of one mapping, each taken once; what is left over in the end is unknown. One thread. */
final class YamlFields {
    private final String where;
    private final boolean mapping;
    private final @Nullable Node node;
    private final YamlProblems problems;
    private final Map<String, NodeTuple> fields = new LinkedHashMap<>();
    private final Set<String> known = new TreeSet<>();
    private final Set<String> taken = new TreeSet<>();

    private YamlFields(String where, @Nullable Node node, boolean mapping, YamlProblems problems) {
        this.where = where;
        this.node = node;
        this.mapping = mapping;
        this.problems = problems;
    }

    /** The fields of a node; none if it is no mapping, which is said. */
    static YamlFields of(String where, Node node, YamlProblems problems) {
        YamlFields fields = new YamlFields(where, node, node instanceof MappingNode, problems);
        if (node instanceof MappingNode map) {
            map.getValue().forEach(fields::add);
        } else {
            problems.add(node, where, YamlText.shown(node) + " (expected: keys with values, such as key: value)");
        }
        return fields;
    }

    private void add(NodeTuple tuple) {
        // Not "key: value" but "[a]: value" and the like: nothing has such a key.
        if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
            problems.add(tuple.getKeyNode(), where, YamlText.shown(tuple.getKeyNode()) + " (expected: a key)");
            return;
        }
        NodeTuple before = fields.putIfAbsent(key.getValue(), tuple);
        if (before != null) {
            problems.add(
                    key,
                    where,
                    YamlText.shown(key) + " a second time (expected: once; line "
                            + YamlProblems.line(before.getKeyNode()) + " has it)");
        }
    }

    /** Whether it was a mapping at all. */
    boolean isMapping() {
        return mapping;
    }

    List<String> keys() {
        return new ArrayList<>(fields.keySet());
    }

    Node keyNode(String key) {
        return Objects.requireNonNull(fields.get(key)).getKeyNode();
    }

    /** A field's value; null if it is absent. */
    @Nullable
    Node take(String key) {
        known.add(key);
        taken.add(key);
        NodeTuple tuple = fields.get(key);
        return tuple == null ? null : tuple.getValueNode();
    }

    /** A field of text, read; null if it is absent or broken, which is said. */
    <T> @Nullable T text(String key, Function<String, T> reader) {
        return scalar(key, Set.of(Tag.STR), "text; a number or a yes is text in quotes", reader);
    }

    /** A field of text or a whole number. */
    <T> @Nullable T textOrNumber(String key, Function<String, T> reader) {
        return scalar(key, Set.of(Tag.STR, Tag.INT), "text or a number", reader);
    }

    @Nullable
    Boolean truth(String key) {
        return scalar(key, Set.of(Tag.BOOL), "true or false", Boolean::parseBoolean);
    }

    private <T> @Nullable T scalar(String key, Set<Tag> tags, String expected, Function<String, T> reader) {
        Node value = take(key);
        if (value == null) {
            return null;
        }
        if (!(value instanceof ScalarNode scalar) || !tags.contains(scalar.getTag())) {
            problems.add(value, where, key + ": " + YamlText.shown(value) + " (expected: " + expected + ")");
            return null;
        }
        try {
            return reader.apply(scalar.getValue());
        } catch (IllegalArgumentException refused) {
            problems.add(value, where, String.valueOf(refused.getMessage()));
            return null;
        }
    }

    /** Says that a field has to be there. */
    void missing(String key, String expected) {
        if (mapping) {
            problems.add(node, where, key + ": missing (expected: " + expected + ")");
        }
    }

    /** Says what nobody asked for. */
    void done() {
        fields.forEach((key, tuple) -> {
            if (!taken.contains(key)) {
                problems.add(
                        tuple.getKeyNode(),
                        where,
                        YamlText.shown(key) + ": unknown (expected: one of " + String.join(", ", known) + ")");
            }
        });
    }
}
