package dev.porthole.server.identity;

import dev.porthole.server.config.ProviderSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** npm's oidc-provider in a process of its own, and a person who signs in there with a browser. */
final class NodeProvider implements AutoCloseable {
    private static final Pattern ACTION = Pattern.compile("action=\"([^\"]+)\"");
    private static final Pattern PROMPT = Pattern.compile("name=\"prompt\" value=\"([^\"]+)\"");

    private final Process process;
    private final BufferedReader lines;
    private final HttpClient browser =
            HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
    final String issuer;

    private NodeProvider(Process process) throws IOException {
        this.process = process;
        this.lines = process.inputReader(StandardCharsets.UTF_8);
        this.issuer = "http://127.0.0.1:" + line();
    }

    static NodeProvider start(Path folder) throws IOException, InterruptedException {
        for (String name : List.of("package.json", "package-lock.json", "provider.js")) {
            try (InputStream file =
                    Objects.requireNonNull(NodeProvider.class.getResourceAsStream("provider/" + name), name)) {
                Files.copy(file, folder.resolve(name));
            }
        }
        Process install = new ProcessBuilder("npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(install.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (install.waitFor() != 0) {
            throw new AssertionError("npm ci failed: " + said);
        }
        return new NodeProvider(new ProcessBuilder("node", "provider.js")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start());
    }

    ProviderSettings settings() {
        return new ProviderSettings(
                "house",
                ProviderSettings.Kind.OPENID,
                "House",
                URI.create(issuer),
                "porthole",
                "a secret of the test alone",
                Set.of("ada"),
                Set.of("@example.com"));
    }

    /** Begins to serve a client with that redirect address. */
    void serve(String redirect) throws IOException {
        process.outputWriter(StandardCharsets.UTF_8)
                .append(redirect)
                .append('\n')
                .flush();
        while (!line().equals("serving")) {
            // What it says about being a development set-up.
        }
    }

    /** Signs in and consents on the provider's own pages; gives the address that the browser is sent back to. */
    URI signIn(URI authorization, String person, String back) throws IOException, InterruptedException {
        URI at = authorization;
        HttpResponse<String> page = send(HttpRequest.newBuilder(at).build());
        for (int steps = 0; steps < 20; steps++) {
            String location = page.headers().firstValue("Location").orElse("");
            if (location.startsWith(back)) {
                return URI.create(location);
            }
            if (!location.isEmpty()) {
                at = at.resolve(location);
                page = send(HttpRequest.newBuilder(at).build());
            } else {
                at = at.resolve(found(ACTION, page.body()));
                Map<String, String> form = new LinkedHashMap<>();
                form.put("prompt", found(PROMPT, page.body()));
                form.put("login", person);
                form.put("password", "any");
                page = send(HttpRequest.newBuilder(at)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(Browser.form(form)))
                        .build());
            }
        }
        throw new AssertionError("the provider leads nowhere: " + page);
    }

    private HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        return browser.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static String found(Pattern pattern, String page) {
        Matcher matcher = pattern.matcher(page);
        if (!matcher.find()) {
            throw new AssertionError(pattern + " is not in " + page);
        }
        return matcher.group(1);
    }

    private String line() throws IOException {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.matches("[0-9]+|serving")) {
                return line;
            }
        }
        throw new IOException("the provider ended");
    }

    @Override
    public void close() {
        browser.close();
        process.destroy();
        process.onExit().join();
    }
}
