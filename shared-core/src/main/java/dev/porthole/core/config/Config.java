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
    private static final String ENDPOINTS = "endpoints";
    private static final String CERTIFICATE = "certificate";
    private static final String TIMEOUT = "timeout";
    private static final String OWN_URL = "own-url";

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

    /** Which certificate this computer's user lets an endpoint show, if it is not to be verified. */
    public Optional<String> endpointCertificate(String endpoint) {
        return endpointChoice(endpoint, CERTIFICATE);
    }

    /** How long this computer's user lets the app of an endpoint think, if not as long as usual. */
    public Optional<String> endpointTimeout(String endpoint) {
        return endpointChoice(endpoint, TIMEOUT);
    }

    /** All that this computer's user chose for single endpoints; changes when something of it does. */
    public Map<String, Object> endpointChoices() {
        return map(fields, ENDPOINTS);
    }

    /** With that choice for one endpoint, or (null) without. */
    public Config withEndpointCertificate(String endpoint, @Nullable String certificate) {
        return withEndpointChoice(endpoint, CERTIFICATE, certificate);
    }

    /** With that choice for one endpoint, or (null) without. */
    public Config withEndpointTimeout(String endpoint, @Nullable String timeout) {
        return withEndpointChoice(endpoint, TIMEOUT, timeout);
    }

    /** The public addresses that this computer's user has by other means, by endpoint. */
    public Map<String, String> ownUrls() {
        Map<String, Object> endpoints = map(fields, ENDPOINTS);
        Map<String, String> urls = new LinkedHashMap<>();
        endpoints
                .keySet()
                .forEach(endpoint -> endpointChoice(endpoint, OWN_URL).ifPresent(url -> urls.put(endpoint, url)));
        return urls;
    }

    /** With such an address for one endpoint, or (null) without. */
    public Config withOwnUrl(String endpoint, @Nullable String url) {
        return withEndpointChoice(endpoint, OWN_URL, url);
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
        Map<String, Object> preferences = preferences();
        put(preferences, name, value);
        return with(PREFERENCES, preferences.isEmpty() ? null : preferences);
    }

    private Optional<String> endpointChoice(String endpoint, String name) {
        return Optional.ofNullable(map(map(fields, ENDPOINTS), endpoint).get(name))
                .map(Object::toString);
    }

    private Config withEndpointChoice(String endpoint, String name, @Nullable String choice) {
        Map<String, Object> endpoints = map(fields, ENDPOINTS);
        Map<String, Object> one = map(endpoints, endpoint);
        put(one, name, choice);
        put(endpoints, endpoint, one.isEmpty() ? null : one);
        return with(ENDPOINTS, endpoints.isEmpty() ? null : endpoints);
    }

    private Config with(String field, @Nullable Object value) {
        Map<String, Object> changed = new LinkedHashMap<>(fields);
        put(changed, field, value);
        return new Config(changed);
    }

    private static void put(Map<String, Object> map, String name, @Nullable Object value) {
        if (value == null) {
            map.remove(name);
        } else {
            map.put(name, value);
        }
    }

    private Optional<String> text(String field) {
        return Optional.ofNullable(fields.get(field)).map(Object::toString).filter(text -> !text.isBlank());
    }

    private Map<String, Object> preferences() {
        return map(fields, PREFERENCES);
    }

    /** A map inside of a map, with what in it is usable; empty if there is none. */
    private static Map<String, Object> map(Map<String, Object> from, String name) {
        Map<String, Object> map = new LinkedHashMap<>();
        if (from.get(name) instanceof Map<?, ?> given) {
            given.forEach((key, value) -> {
                if (key != null && value != null) {
                    map.put(key.toString(), value);
                }
            });
        }
        return map;
    }
}
