package dev.porthole.server.store;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a PostgreSQL is: {@code postgresql://user:password@host:port/database?sslmode=verify-full}, or the same in the
 * form of JDBC. What follows the question mark is for PostgreSQL's JDBC driver; {@code user} and {@code password} may
 * stand there too. Holds a password: neither {@link #toString} nor any message of this class shows it.
 *
 * @param servers one or more {@code host:port}, with commas between them
 * @param user absent if the driver shall find one
 * @param parameters for the driver
 */
public record DatabaseUrl(
        String servers,
        String database,
        @Nullable String user,
        @Nullable String password,
        Map<String, String> parameters) {
    private static final Pattern FORM = Pattern.compile("(?:jdbc:)?postgres(?:ql)?://(?:([^:@/?]*)(?::([^@/?]*))?@)?"
            + "([0-9a-zA-Z.,:_\\[\\]-]+)/([^/?]+)(?:\\?(.*))?");

    public DatabaseUrl {
        parameters = Collections.unmodifiableMap(new TreeMap<>(parameters));
    }

    /**
     * Reads one.
     *
     * @throws IllegalArgumentException if it is none; the message does not repeat it
     */
    public static DatabaseUrl parse(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("not the address of a PostgreSQL database");
        }
        Map<String, String> parameters = parameters(parts.group(5));
        String user = parameters.remove("user");
        String password = parameters.remove("password");
        return new DatabaseUrl(
                parts.group(3),
                decoded(parts.group(4)),
                parts.group(1) == null ? user : decoded(parts.group(1)),
                parts.group(2) == null ? password : decoded(parts.group(2)),
                parameters);
    }

    private static Map<String, String> parameters(@Nullable String query) {
        Map<String, String> parameters = new TreeMap<>();
        if (query == null || query.isEmpty()) {
            return parameters;
        }
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException("a parameter without a value");
            }
            parameters.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
        }
        return parameters;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException quoting) {
            // Its message has a part of the text, which may be a password's.
            throw new IllegalArgumentException("a percent sign without two digits");
        }
    }

    /** For the driver, without user and password. */
    String jdbc() {
        StringBuilder url = new StringBuilder("jdbc:postgresql://" + servers + "/" + encoded(database));
        char separator = '?';
        for (Map.Entry<String, String> parameter : parameters.entrySet()) {
            url.append(separator)
                    .append(encoded(parameter.getKey()))
                    .append('=')
                    .append(encoded(parameter.getValue()));
            separator = '&';
        }
        return url.toString();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** For people: where, but not as whom. */
    @Override
    public String toString() {
        return "postgresql://" + servers + "/" + database;
    }
}
