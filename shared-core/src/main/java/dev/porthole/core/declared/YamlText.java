package dev.porthole.core.declared;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** YAML 1.2 as nodes that know where they stand. */
final class YamlText {
    /** A declaration has four levels; the composer recurses, so deeper ones are refused before it sees them. */
    private static final int DEEPEST = 16;

    private static final int LONGEST_SHOWN = 60;

    private YamlText() {}

    /** The document; null for one that is broken or empty, which is said. */
    static @Nullable Node compose(String text, YamlProblems problems) {
        // Marks need it: their buffer is what the column is counted in.
        LoadSettings settings = LoadSettings.builder()
                .setSchema(new CoreSchema())
                .setUseMarks(true)
                .build();
        try {
            if (isTooDeep(settings, text)) {
                problems.add(Optional.empty(), "", "too many levels (expected: " + DEEPEST + " at most)");
                return null;
            }
            Optional<Node> root = new Compose(settings).composeString(text);
            if (root.isEmpty()) {
                problems.add(Optional.empty(), "", "nothing in it (expected: tunnels)");
            }
            return root.orElse(null);
        } catch (MarkedYamlEngineException broken) {
            problems.add(broken.getProblemMark(), "", "no YAML: " + oneLine(broken.getProblem()));
        } catch (YamlEngineException broken) {
            problems.add(Optional.empty(), "", "no YAML: " + oneLine(broken.getMessage()));
        }
        return null;
    }

    private static boolean isTooDeep(LoadSettings settings, String text) {
        int depth = 0;
        for (Event event : new Parse(settings).parseString(text)) {
            if (event instanceof CollectionStartEvent && ++depth > DEEPEST) {
                return true;
            }
            if (event instanceof CollectionEndEvent) {
                depth--;
            }
        }
        return false;
    }

    /** What someone wrote, for a message. */
    static String shown(Node node) {
        return switch (node) {
            case ScalarNode scalar when scalar.getTag().equals(Tag.NULL) -> "nothing";
            case ScalarNode scalar -> shown(scalar.getValue());
            case MappingNode _ -> "a mapping";
            default -> "a list";
        };
    }

    static String shown(String text) {
        String line = oneLine(text);
        return line.length() <= LONGEST_SHOWN ? line : line.substring(0, LONGEST_SHOWN) + "...";
    }

    private static String oneLine(@Nullable String text) {
        return text == null ? "" : text.strip().replaceAll("\\s*\\R\\s*", " ");
    }
}
