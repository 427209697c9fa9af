package dev.porthole.core.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The choices of a user, as {@code config.yml} has them. Fields of a newer release stay in {@code fields}, so that
 * saving keeps them.
 *
 * @param fields the whole file, in its order
 */
public record Config(Map<String, Object> fields) {
    private static final String SERVER = "server";
    private static final String ORGANIZATION = "organization";
    private static final String PROJECT = "project";
    private static final String PREFERENCES = "preferences";

    /** Nothing chosen yet. */
    public static final Config EMPTY = new Config(Map.of());

    public Config {
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    /** The server's base address, such as {@code https://tunnels.example.com}. */
    public Optional<String> server() {
        return text(SERVER);
    }

    /** The active organization's id. */
    public Optional<String> organization() {
        return text(ORGANIZATION);
    }

    /** The active project's id. */
    public Optional<String> project() {
        return text(PROJECT);
    }

    /** A preference, as text: {@code theme}, {@code closing-explained}. */
    public Optional<String> preference(String name) {
        return Optional.ofNullable(preferences().get(name)).map(Object::toString);
    }

    /** With another server, or none. */
    public Config withServer(@Nullable String server) {
        return with(SERVER, server);
    }

    /** With another active project of an organization, or none. */
    public Config withProject(@Nullable String organization, @Nullable String project) {
        return with(ORGANIZATION, organization).with(PROJECT, project);
    }

    /** With a preference changed, or removed. */
    public Config withPreference(String name, @Nullable String value) {
        Map<String, Object> preferences = new LinkedHashMap<>(preferences());
        if (value == null) {
            preferences.remove(name);
        } else {
            preferences.put(name, value);
        }
        return with(PREFERENCES, preferences.isEmpty() ? null : preferences);
    }

    private Config with(String field, @Nullable Object value) {
        Map<String, Object> changed = new LinkedHashMap<>(fields);
        if (value == null) {
            changed.remove(field);
        } else {
            changed.put(field, value);
        }
        return new Config(changed);
    }

    private Optional<String> text(String field) {
        return Optional.ofNullable(fields.get(field)).map(Object::toString).filter(text -> !text.isBlank());
    }

    private Map<String, Object> preferences() {
        Map<String, Object> preferences = new LinkedHashMap<>();
        if (fields.get(PREFERENCES) instanceof Map<?, ?> given) {
            given.forEach((name, value) -> {
                if (name != null && value != null) {
                    preferences.put(name.toString(), value);
                }
            });
        }
        return preferences;
    }
}
