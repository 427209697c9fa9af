package dev.porthole.server.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Reads the YAML file: sections with names and plain values, each with the line where it stands. */
final class SettingsFile {
    /** A value and where it came from, such as {@code porthole.yml:3}. */
    record Value(String text, String origin) {}

    private final Path file;
    private final List<String> mistakes;
    private final Map<String, Value> values = new LinkedHashMap<>();
    private final Deque<String> sections = new ArrayDeque<>();
    private @Nullable String name;

    private SettingsFile(Path file, List<String> mistakes) {
        this.file = file;
        this.mistakes = mistakes;
    }

    /** All values by key; what is wrong with the file's form is added to the mistakes. */
    static Map<String, Value> read(Path file, List<String> mistakes) {
        SettingsFile reader = new SettingsFile(file, mistakes);
        try (JsonParser parser = new YAMLMapper().createParser(Files.readString(file))) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                reader.take(token, parser);
            }
        } catch (JacksonException broken) {
            TokenStreamLocation at = broken.getLocation();
            mistakes.add(file + (at == null ? "" : ":" + at.getLineNr()) + ": not YAML");
        } catch (IOException unreadable) {
            mistakes.add(file + ": can't be read (expected: a YAML file)");
        }
        return reader.values;
    }

    private void take(JsonToken token, JsonParser parser) {
        switch (token) {
            case PROPERTY_NAME -> name = parser.currentName();
            case START_OBJECT -> {
                if (name != null) {
                    sections.addLast(name);
                    name = null;
                }
            }
            case END_OBJECT -> sections.pollLast();
            case START_ARRAY -> {
                mistakes.add(origin(parser) + ": a list (expected: one value)");
                parser.skipChildren();
            }
            default -> {
                if (name == null) {
                    mistakes.add(origin(parser) + ": expected sections with names and values");
                    return;
                }
                String key = sections.isEmpty() ? name : String.join(".", sections) + "." + name;
                if (values.put(key, new Value(parser.getString(), origin(parser))) != null) {
                    mistakes.add(origin(parser) + ": " + key + " is set twice");
                }
            }
        }
    }

    private String origin(JsonParser parser) {
        return file + ":" + parser.currentTokenLocation().getLineNr();
    }
}
