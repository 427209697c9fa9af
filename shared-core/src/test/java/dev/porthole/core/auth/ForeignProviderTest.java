package dev.porthole.core.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Our client against a provider that others wrote: npm's {@code oidc-provider}. */
@Tag("tools")
class ForeignProviderTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Pattern INPUT = Pattern.compile("<input[^>]*>");
    private static final Pattern NAME = Pattern.compile("name=\"([^\"]*)\"");
    private static final Pattern VALUE = Pattern.compile("value=\"([^\"]*)\"");
    private static final Pattern ACTION = Pattern.compile("<form[^>]* action=\"([^\"]*)\"");

    @TempDir
    private static Path folder;

    private static Process provider;
    private static AuthorizationServiceConfiguration configuration;

    @BeforeAll
    static void startProvider() throws Exception {
        for (String name : List.of("package.json", "package-lock.json", "provider.js")) {
            try (InputStream file =
                    Objects.requireNonNull(ForeignProviderTest.class.getResourceAsStream("provider/" + name), name)) {
                Files.copy(file, folder.resolve(name));
            }
        }
        Process install = new ProcessBuilder("npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(install.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(install.waitFor()).as(said).isZero();
        provider = new ProcessBuilder("node", "provider.js")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        configuration = AuthorizationServiceConfiguration.fetch(issuer(provider.inputReader()));
    }

    @AfterAll
    static void stopProvider() {
        provider.destroy();
        provider.onExit().join();
    }

    @Test // T-I11, T-I4, B-B1
    void codeRefreshAndRevocationWork() throws Exception {
        AuthorizationService service = new AuthorizationService(configuration);

        TokenResponse tokens = service.performAuthorizationRequest(
                address -> {
                    Thread _ = Thread.ofVirtual().start(() -> visit(address));
                    return true;
                },
                LIMIT);
        assertThat(tokens.idToken()).isNotNull();
        String first = Objects.requireNonNull(tokens.refreshToken());

        TokenResponse refreshed = service.performTokenRequest(new TokenRequest.Refresh(first), null);
        String second = Objects.requireNonNull(refreshed.refreshToken());
        assertThat(second).isNotEqualTo(first);
        assertThat(refreshed.accessToken()).isNotEqualTo(tokens.accessToken());

        service.revoke(second);
        assertThatThrownBy(() -> service.performTokenRequest(new TokenRequest.Refresh(second), null))
                .isInstanceOfSatisfying(
                        AuthorizationException.class,
                        refused -> assertThat(refused.isInvalidGrant()).isTrue());
    }

    @Test // T-I11, T-I7
    void theDeviceGrantWorks() throws Exception {
        List<DeviceAuthorization.Prompt> told = new ArrayList<>();
        List<Duration> waits = new ArrayList<>();
        // Asks once before anybody has said yes, then the person does it instead of the waiting.
        AuthorizationService service =
                new AuthorizationService(configuration, new DeviceGrant(InstantSource.system(), time -> {
                    waits.add(time);
                    if (waits.size() == 2) {
                        visit(told.getFirst().verificationUriComplete().orElseThrow());
                    }
                }));

        TokenResponse tokens = service.performDeviceAuthorization(told::add);

        assertThat(tokens.idToken()).isNotNull();
        assertThat(told).hasSize(1);
        assertThat(waits).hasSize(2);
    }

    private static String issuer(BufferedReader lines) throws IOException {
        StringBuilder said = new StringBuilder();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith("issuer ")) {
                Thread _ = Thread.ofVirtual().name("provider-output").start(() -> drain(lines));
                return line.substring("issuer ".length());
            }
            said.append(line).append('\n');
        }
        throw new IOException("the provider ended: " + said);
    }

    private static void drain(BufferedReader lines) {
        try {
            while (lines.readLine() != null) {
                // What it says while it runs is of no interest; a full pipe would stop it.
            }
        } catch (IOException ended) {
            // With the provider.
        }
    }

    /** A browser with a person who sends every form as it is. */
    private static void visit(URI address) {
        try (HttpClient browser =
                HttpClient.newBuilder().cookieHandler(new CookieManager()).build()) {
            HttpResponse<String> page =
                    arrive(browser, HttpRequest.newBuilder(address).build());
            for (int form = 0; form < 5 && ACTION.matcher(page.body()).find(); form++) {
                page = arrive(browser, submission(page));
            }
        } catch (IOException failed) {
            throw new AssertionError(address + ": " + failed, failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** Follows redirects by itself: the provider makes more of them than Java's client follows. */
    private static HttpResponse<String> arrive(HttpClient browser, HttpRequest request)
            throws IOException, InterruptedException {
        HttpResponse<String> page = browser.send(request, BodyHandlers.ofString());
        for (int steps = 0; steps < 20 && page.statusCode() / 100 == 3; steps++) {
            URI next = page.uri().resolve(page.headers().firstValue("Location").orElseThrow());
            page = browser.send(HttpRequest.newBuilder(next).build(), BodyHandlers.ofString());
        }
        return page;
    }

    private static HttpRequest submission(HttpResponse<String> page) {
        Map<String, String> fields = new LinkedHashMap<>();
        Matcher inputs = INPUT.matcher(page.body());
        while (inputs.find()) {
            Matcher name = NAME.matcher(inputs.group());
            Matcher value = VALUE.matcher(inputs.group());
            if (name.find() && value.find()) {
                fields.put(name.group(1), value.group(1));
            }
        }
        Matcher action = ACTION.matcher(page.body());
        if (!action.find()) {
            throw new AssertionError("no form in " + page.body());
        }
        String body = fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return HttpRequest.newBuilder(page.uri().resolve(action.group(1)))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(body))
                .build();
    }
}
