package dev.porthole.bench.compare;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A browser without a screen: signs in to a server's pages with a password, and reads them. */
final class PageClient {
    private static final Pattern FORM_TOKEN = Pattern.compile("name=\"form_token\" value=\"([^\"]+)\"");

    private final HttpClient http =
            HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
    private final URI server;
    /** The pages' own name, which Java does not resolve. */
    private final String host;

    PageClient(int port) {
        this.server = URI.create("http://localhost:" + port + "/");
        this.host = "porthole.localhost:" + port;
    }

    void signIn(String user, String password) throws IOException, InterruptedException {
        Matcher token = FORM_TOKEN.matcher(get("sign-in"));
        if (!token.find()) {
            throw new IOException("the sign-in page has no form");
        }
        HttpResponse<String> answer = send(request("sign-in")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(
                        form(Map.of("form_token", token.group(1), "user", user, "password", password))))
                .build());
        if (answer.statusCode() >= 400) {
            throw new IOException("sign-in: " + answer.statusCode());
        }
    }

    /** Authorization code for the app (RFC 6749, section 4.1), as whoever is signed in. */
    String code(String challenge, String redirect) throws IOException, InterruptedException {
        HttpResponse<String> answer = send(request("oauth/authorize?"
                        + form(Map.of(
                                "response_type",
                                "code",
                                "client_id",
                                "porthole-desktop",
                                "redirect_uri",
                                redirect,
                                "scope",
                                "openid profile offline_access",
                                "state",
                                "a-state-that-nobody-guesses",
                                "code_challenge",
                                challenge,
                                "code_challenge_method",
                                "S256")))
                .build());
        String location = answer.headers()
                .firstValue("Location")
                .orElseThrow(() -> new IOException("authorize: " + answer.statusCode()));
        return location.replaceFirst(".*[?&]code=([^&]+).*", "$1");
    }

    /** A page's text; an error if it is not one. */
    String get(String path) throws IOException, InterruptedException {
        HttpResponse<String> answer = send(request(path).build());
        if (answer.statusCode() != 200) {
            throw new IOException(path + ": " + answer.statusCode());
        }
        return answer.body();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(server.resolve(path)).header("Host", host);
    }

    private HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    static String form(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }
}
