package dev.porthole.server;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A person in front of a browser without script, who signs in and says yes to whatever the pages ask. */
final class PageWalker {
    private static final int MOST_STEPS = 12;
    private static final Pattern ACTION = Pattern.compile("<form[^>]* action=\"([^\"]+)\"");
    private static final Pattern HIDDEN =
            Pattern.compile("<input type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]*)\"");
    private static final Pattern COOKIE = Pattern.compile("(?im)^set-cookie: ([^=]+)=([^;]*)(.*)$");
    private static final Pattern LOCATION = Pattern.compile("(?im)^location: (.*)$");

    private final PublicPort port;
    private final String host;
    private final String user;
    private final String password;
    private final Map<String, String> cookies = new LinkedHashMap<>();

    PageWalker(PublicPort port, String user, String password) {
        this.port = port;
        this.host = "porthole.localhost:" + port.port();
        this.user = user;
        this.password = password;
    }

    /** Goes on from an address until it leads away from the pages, or to one that asks nothing; gives where, or what. */
    String walk(String address) throws IOException {
        URI start = URI.create(address);
        PublicPort.Answer answer = get(start.getRawPath() + (start.getRawQuery() == null ? "" : "?" + start.getRawQuery()));
        for (int step = 0; step < MOST_STEPS; step++) {
            if (answer.status() == 303) {
                URI next = URI.create(found(LOCATION, answer.head()));
                if (!host.equals(next.getRawAuthority())) {
                    return next.toString();
                }
                answer = get(next.getRawPath() + (next.getRawQuery() == null ? "" : "?" + next.getRawQuery()));
            } else if (answer.status() == 200 && ACTION.matcher(answer.body()).find()) {
                answer = submit(answer.body());
            } else {
                return answer.status() + " " + answer.body();
            }
        }
        throw new AssertionError("no end after " + MOST_STEPS + " steps from " + address);
    }

    private PublicPort.Answer submit(String page) throws IOException {
        Map<String, String> fields = new LinkedHashMap<>();
        Matcher hidden = HIDDEN.matcher(page);
        while (hidden.find()) {
            fields.put(hidden.group(1), text(hidden.group(2)));
        }
        if (page.contains("name=\"password\"")) {
            fields.put("user", user);
            fields.put("password", password);
        }
        fields.put("decision", "allow");
        String body = fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return keep(port.send(
                "POST",
                host,
                text(found(ACTION, page)),
                Map.of("Content-Type", "application/x-www-form-urlencoded", "Cookie", cookie()),
                body));
    }

    private PublicPort.Answer get(String target) throws IOException {
        return keep(port.send("GET", host, target, Map.of("Cookie", cookie()), null));
    }

    private PublicPort.Answer keep(PublicPort.Answer answer) {
        Matcher set = COOKIE.matcher(answer.head());
        while (set.find()) {
            if (set.group(3).contains("Max-Age=0")) {
                cookies.remove(set.group(1));
            } else {
                cookies.put(set.group(1), set.group(2));
            }
        }
        return answer;
    }

    private String cookie() {
        return cookies.isEmpty()
                ? "none=yet"
                : cookies.entrySet().stream()
                        .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                        .collect(Collectors.joining("; "));
    }

    private static String found(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new AssertionError(pattern + " is not in " + text);
        }
        return matcher.group(1).strip();
    }

    private static String text(String html) {
        return html.replace("&amp;", "&").replace("&#34;", "\"").replace("&#39;", "'");
    }
}
