package dev.porthole.server.pages;

import dev.porthole.server.PublicPort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A browser's tab without script, over plain HTTP through the public port: keeps cookies, fills in the forms that pages
 * show, and follows redirects only when told to.
 */
final class Tab {
    private static final Pattern COOKIE = Pattern.compile("(?mi)^set-cookie: ([^=]+)=([^;]*);(.*)$");
    private static final Pattern FORM = Pattern.compile("(?s)<form[^>]*action=\"([^\"]*)\"[^>]*>(.*?)</form>");
    private static final Pattern FIELD =
            Pattern.compile("<(?:input|textarea|select|button)[^>]*name=\"([^\"]*)\"[^>]*>");
    private static final Pattern VALUE = Pattern.compile(" value=\"([^\"]*)\"");
    private static final Pattern LOCATION = Pattern.compile("(?mi)^location: https?://[^/]+(.*?)\\r?$");

    final Map<String, String> cookies = new LinkedHashMap<>();
    final Map<String, String> extraFields = new TreeMap<>();

    private final PublicPort port;
    private PublicPort.Answer shown = new PublicPort.Answer(0, "", "");

    Tab(PublicPort port) {
        this.port = port;
    }

    /** The last page. */
    PublicPort.Answer shown() {
        return shown;
    }

    /** Goes back to a page, as a browser's button does. */
    void show(PublicPort.Answer page) {
        shown = page;
    }

    PublicPort.Answer get(String path) {
        return send("GET", path, null);
    }

    /** Posts fields as they are. */
    PublicPort.Answer post(String path, Map<String, String> fields) {
        return send("POST", path, encoded(fields));
    }

    /** Sends the form of the shown page whose action ends so, with these fields filled in and the others as shown. */
    PublicPort.Answer submit(String actionEnds, Map<String, String> filled) {
        for (Map.Entry<String, Map<String, String>> form : forms()) {
            if (form.getKey().endsWith(actionEnds)) {
                Map<String, String> fields = new LinkedHashMap<>(form.getValue());
                fields.putAll(filled);
                return post(form.getKey(), fields);
            }
        }
        throw new AssertionError("no form to …" + actionEnds + " in:\n" + shown.body());
    }

    /** The same, and what it leads to. */
    PublicPort.Answer submitAndFollow(String actionEnds, Map<String, String> filled) {
        PublicPort.Answer answer = submit(actionEnds, filled);
        return answer.status() == 303 ? get(location(answer)) : answer;
    }

    void signIn(String user, String password) {
        get("/sign-in");
        PublicPort.Answer answer = submit("/sign-in", Map.of("user", user, "password", password));
        if (answer.status() != 303) {
            throw new AssertionError("not signed in: " + answer);
        }
    }

    /** Where an answer leads. */
    static String location(PublicPort.Answer answer) {
        return LOCATION.matcher(answer.head())
                .results()
                .findFirst()
                .map(found -> found.group(1))
                .orElseThrow(() -> new AssertionError("leads nowhere: " + answer));
    }

    /** The forms of the shown page: their actions, and their fields as they are shown. */
    private List<Map.Entry<String, Map<String, String>>> forms() {
        List<Map.Entry<String, Map<String, String>>> forms = new ArrayList<>();
        FORM.matcher(shown.body()).results().forEach(form -> {
            Map<String, String> fields = new LinkedHashMap<>();
            FIELD.matcher(form.group(2))
                    .results()
                    .filter(field -> !isUnticked(field.group()))
                    .forEach(field -> fields.put(field.group(1), value(field)));
            forms.add(Map.entry(plain(form.group(1)), fields));
        });
        return forms;
    }

    private static boolean isUnticked(String field) {
        return field.contains("type=\"checkbox\"") && !field.contains(" checked");
    }

    private static String value(MatchResult field) {
        return VALUE.matcher(field.group())
                .results()
                .findFirst()
                .map(found -> plain(found.group(1)))
                .orElse("");
    }

    private static String plain(String escaped) {
        return escaped.replace("&#34;", "\"")
                .replace("&#39;", "'")
                .replace("&lt;", "<")
                .replace("&amp;", "&");
    }

    private static String encoded(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    private PublicPort.Answer send(String method, String path, @Nullable String body) {
        Map<String, String> fields = new LinkedHashMap<>(extraFields);
        if (!cookies.isEmpty()) {
            fields.put(
                    "Cookie",
                    cookies.entrySet().stream()
                            .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                            .collect(Collectors.joining("; ")));
        }
        if (body != null) {
            fields.put("Content-Type", "application/x-www-form-urlencoded");
        }
        try {
            shown = port.send(method, "porthole.localhost:" + port.port(), path, fields, body);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        COOKIE.matcher(shown.head()).results().forEach(cookie -> {
            if (cookie.group(3).contains("Max-Age=0")) {
                cookies.remove(cookie.group(1));
            } else {
                cookies.put(cookie.group(1), cookie.group(2));
            }
        });
        return shown;
    }
}
