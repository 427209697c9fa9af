package dev.porthole.server.identity;

import com.nimbusds.oauth2.sdk.util.URLUtils;
import dev.porthole.server.PlantedSecrets;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a browser does, with each step in the test's hand: keeps cookies, follows nothing. */
final class Browser {
    private static final Pattern FORM_TOKEN = Pattern.compile("name=\"form_token\" value=\"([^\"]+)\"");
    private static final Pattern ACTION = Pattern.compile("<form[^>]* action=\"([^\"]+)\"");

    final Map<String, String> cookies = new LinkedHashMap<>();
    final Map<String, String> extraHeaders = new TreeMap<>();
    String address = "203.0.113.7";
    String host;

    private final TestServer server;
    private final HttpClient http = HttpClient.newHttpClient();
    private String formToken = "";
    private String action = "";

    Browser(TestServer server) {
        this.server = server;
        this.host = server.addresses.pages().getRawAuthority();
    }

    HttpResponse<String> get(String pathAndQuery) {
        return send(pathAndQuery, null);
    }

    /** Posts fields, without a form token unless they hold one. */
    HttpResponse<String> post(String pathAndQuery, Map<String, String> fields) {
        return send(pathAndQuery, form(fields));
    }

    /** Fills the last form that was shown and sends it. */
    HttpResponse<String> submit(Map<String, String> fields) {
        Map<String, String> all = new LinkedHashMap<>(fields);
        all.put("form_token", formToken);
        return post(action, all);
    }

    HttpResponse<String> submitSignIn() {
        return submit(Map.of("user", TestServer.USER, "password", TestServer.PASSWORD));
    }

    /** Signs in for the request and gives the parameters of the answer to the client. */
    Map<String, List<String>> authorize(Client client) {
        get(client.authorizePath());
        return parametersOf(submitSignIn());
    }

    static Map<String, List<String>> parametersOf(HttpResponse<String> redirect) {
        return URLUtils.parseParameters(location(redirect).getRawQuery());
    }

    static URI location(HttpResponse<String> redirect) {
        return URI.create(redirect.headers().firstValue("Location").orElseThrow());
    }

    static String form(Map<String, String> fields) {
        return URLUtils.serializeParameters(fields.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, field -> List.of(field.getValue()))));
    }

    private HttpResponse<String> send(String pathAndQuery, @Nullable String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + server.port + pathAndQuery))
                .header("X-Forwarded-Host", host)
                .header("X-Forwarded-For", address);
        extraHeaders.forEach(request::header);
        if (!cookies.isEmpty()) {
            request.header(
                    "Cookie",
                    cookies.entrySet().stream()
                            .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                            .collect(Collectors.joining("; ")));
        }
        if (body != null) {
            request.header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(HttpRequest.BodyPublishers.ofString(body));
        }
        HttpResponse<String> response = exchange(request.build());
        response.headers().allValues("Set-Cookie").forEach(this::keep);
        remember(response.body());
        return response;
    }

    private HttpResponse<String> exchange(HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException failed) {
            throw new AssertionError(request.uri() + ": " + failed, failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new AssertionError(stopped);
        }
    }

    private void keep(String cookie) {
        String pair = cookie.substring(0, cookie.indexOf(';'));
        String name = pair.substring(0, pair.indexOf('='));
        if (cookie.contains("Max-Age=0")) {
            cookies.remove(name);
        } else {
            cookies.put(name, PlantedSecrets.plant(pair.substring(pair.indexOf('=') + 1)));
        }
    }

    private void remember(String page) {
        Matcher token = FORM_TOKEN.matcher(page);
        Matcher form = ACTION.matcher(page);
        if (token.find() && form.find()) {
            formToken = token.group(1);
            action = form.group(1).replace("&amp;", "&");
        }
    }
}
