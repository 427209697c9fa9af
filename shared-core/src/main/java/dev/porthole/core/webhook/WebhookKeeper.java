package dev.porthole.core.webhook;

import dev.porthole.core.agent.AgentTime;
import dev.porthole.core.api.HttpExchange;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Points a GitHub App's webhook at a tunnel, each time that its address is another one ({@code PATCH
 * /app/hook/config}). What can pass by itself is tried again, less and less often; nothing of it ever touches the
 * tunnel. Closing leaves the webhook as it is: the address is the tunnel's own and works again when the tunnel is on
 * again, while putting an old one back would take the webhook from whoever has set it meanwhile.
 *
 * <p>Any thread. News come from a virtual thread, one at a time.
 */
public final class WebhookKeeper implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Duration FIRST = Duration.ofSeconds(2);
    private static final Duration LAST = Duration.ofMinutes(5);
    private static final Duration LONGEST_ASKED = Duration.ofHours(1);

    private final GitHubApp app;
    private final AgentTime time;
    private final Consumer<? super WebhookNews> news;
    private @Nullable String last;
    private @Nullable Thread working;
    private boolean closed;

    public WebhookKeeper(GitHubApp app, AgentTime time, Consumer<? super WebhookNews> news) {
        this.app = app;
        this.time = time;
        this.news = news;
    }

    /** The tunnel's address now; the same again is no news. Returns at once. */
    public synchronized void addressIs(String tunnelUrl) {
        if (closed || tunnelUrl.equals(last)) {
            return;
        }
        last = tunnelUrl;
        Thread before = working;
        if (before != null) {
            before.interrupt();
        }
        String hook = app.hook(tunnelUrl);
        working = Thread.ofVirtual().name("webhook").start(() -> {
            try {
                if (before != null) {
                    // An older address must not arrive after this one.
                    before.join();
                }
                set(hook);
            } catch (InterruptedException another) {
                Thread.currentThread().interrupt();
            }
        });
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (working != null) {
            working.interrupt();
        }
    }

    private void set(String hook) throws InterruptedException {
        String host = Optional.ofNullable(URI.create(hook).getHost()).orElse("");
        if (GitHubApp.isLoopback(host) && !GitHubApp.isLoopback(app.api().getHost())) {
            tell(new WebhookNews.Refused(
                    app.id(),
                    hook,
                    "GitHub can't reach " + hook + ", which is this computer's alone. Use a server with"
                            + " a domain: porthole auth login --server ADDRESS"));
            return;
        }
        Duration wait = FIRST;
        while (true) {
            Outcome outcome = attempt(hook);
            switch (outcome) {
                case Outcome.Done _ -> {
                    tell(new WebhookNews.Set(app.id(), hook));
                    return;
                }
                case Outcome.Never never -> {
                    tell(new WebhookNews.Refused(app.id(), hook, never.text()));
                    return;
                }
                case Outcome.Later later -> {
                    Duration pause = later.asked() == null ? wait : later.asked();
                    tell(new WebhookNews.Retrying(app.id(), hook, later.text(), pause));
                    pass(pause);
                    Duration twice = wait.multipliedBy(2);
                    wait = twice.compareTo(LAST) < 0 ? twice : LAST;
                }
            }
        }
    }

    /** How one attempt ended. */
    private sealed interface Outcome {
        record Done() implements Outcome {}

        record Never(String text) implements Outcome {}

        /** {@code asked}: how long GitHub wants to be left alone, if it says so. */
        record Later(String text, @Nullable Duration asked) implements Outcome {}
    }

    private Outcome attempt(String hook) throws InterruptedException {
        Map<String, String> body = new LinkedHashMap<>();
        body.put("url", hook);
        body.put("content_type", "json");
        if (app.secret() != null) {
            body.put("secret", app.secret());
        }
        HttpRequest request = HttpRequest.newBuilder(URI.create(app.api() + "/app/hook/config"))
                .timeout(HttpExchange.ANSWER_LIMIT)
                .header("Accept", "application/vnd.github+json")
                .header("Authorization", "Bearer " + AppToken.of(app, time.instant()))
                .header("Content-Type", "application/json")
                // GitHub refuses requests without one.
                .header("User-Agent", "porthole")
                .header("X-GitHub-Api-Version", "2022-11-28")
                .method("PATCH", BodyPublishers.ofString(JSON.writeValueAsString(body), StandardCharsets.UTF_8))
                .build();
        try {
            return outcome(hook, HttpExchange.send(request));
        } catch (IOException away) {
            return new Outcome.Later(app.api().getHost() + " can't be reached: " + away.getMessage(), null);
        }
    }

    private Outcome outcome(String hook, HttpResponse<byte[]> answer) {
        int status = answer.statusCode();
        String said = said(answer);
        Optional<Duration> asked = asked(answer);
        boolean limited = status == 429 || (status == 403 && asked.isPresent());
        if (limited || status >= 500) {
            return new Outcome.Later(app.api().getHost() + " answered " + status + said, asked.orElse(null));
        }
        return switch (status) {
            case 200 -> new Outcome.Done();
            case 401, 403 ->
                new Outcome.Never("GitHub does not take the key of app " + app.id() + said
                        + ". Check that id and private key are of one app, that the key is still listed on its settings"
                        + " page, and this computer's clock.");
            case 404 ->
                new Outcome.Never("GitHub knows no app " + app.id() + " with a webhook" + said
                        + ". Check its id, and that its webhook is active on its settings page.");
            case 422 -> new Outcome.Never("GitHub does not take " + hook + " for a webhook" + said + ".");
            default ->
                new Outcome.Never(app.api() + " answered " + status + said + ". Check " + GitHubApp.API_VARIABLE + ".");
        };
    }

    /** What GitHub says in {@code message}, shortened; it never repeats a token. */
    private static String said(HttpResponse<byte[]> answer) {
        try {
            JsonNode message = JSON.readTree(answer.body()).path("message");
            String text = message.isString() ? message.asString().strip() : "";
            return text.isEmpty() ? "" : " (" + (text.length() > 120 ? text.substring(0, 120) + "..." : text) + ")";
        } catch (JacksonException noJson) {
            return "";
        }
    }

    /** RFC 9110, section 10.2.3, in seconds; GitHub says it where a limit was passed. */
    private static Optional<Duration> asked(HttpResponse<byte[]> answer) {
        return answer.headers()
                .firstValue("retry-after")
                .filter(text -> text.matches("[0-9]{1,6}"))
                .map(text -> Duration.ofSeconds(Long.parseLong(text)))
                .map(wait -> wait.compareTo(LONGEST_ASKED) < 0 ? wait : LONGEST_ASKED);
    }

    private void pass(Duration wait) throws InterruptedException {
        try {
            time.after(wait).get();
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private void tell(WebhookNews what) {
        synchronized (this) {
            if (closed || Thread.currentThread().isInterrupted()) {
                return;
            }
        }
        news.accept(what);
    }
}
