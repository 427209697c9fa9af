package dev.porthole.desktop.cli;

import dev.porthole.core.agent.AgentTime;
import dev.porthole.core.declared.DeclaredGitHubApp;
import dev.porthole.core.webhook.GitHubApp;
import dev.porthole.core.webhook.WebhookKeeper;
import dev.porthole.core.webhook.WebhookNews;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The webhook of one tunnel's app, if it has one. What is wrong with its key is said like any other failure of it, once
 * there is a tunnel, which is none the worse for it. Calls by one thread; news from others.
 */
final class Webhook implements AutoCloseable {
    private final @Nullable DeclaredGitHubApp declared;
    private final Map<String, String> environment;
    private final AgentTime time;
    private final Consumer<? super ShareEvent> news;
    private @Nullable WebhookKeeper keeper;
    private boolean unusable;

    Webhook(
            @Nullable DeclaredGitHubApp declared,
            Map<String, String> environment,
            AgentTime time,
            Consumer<? super ShareEvent> news) {
        this.declared = declared;
        this.environment = environment;
        this.time = time;
        this.news = news;
    }

    /** The tunnel's address now, perhaps the same as before. */
    void addressIs(String url) {
        DeclaredGitHubApp app = declared;
        if (app == null || unusable) {
            return;
        }
        if (keeper == null) {
            try {
                GitHubApp usable = GitHubApp.of(app.appId(), app.privateKey(), app.path(), app.secret(), environment);
                keeper = new WebhookKeeper(usable, time, what -> news.accept(event(what)));
            } catch (IllegalArgumentException badKey) {
                unusable = true;
                news.accept(new ShareEvent.Webhook(app.appId(), null, "failed", String.valueOf(badKey.getMessage())));
                return;
            }
        }
        keeper.addressIs(url);
    }

    @Override
    public void close() {
        if (keeper != null) {
            keeper.close();
        }
    }

    private static ShareEvent event(WebhookNews news) {
        return switch (news) {
            case WebhookNews.Set set -> new ShareEvent.Webhook(set.app(), set.url(), "set", null);
            case WebhookNews.Refused refused ->
                new ShareEvent.Webhook(refused.app(), refused.url(), "failed", refused.text());
            case WebhookNews.Retrying again ->
                new ShareEvent.Webhook(
                        again.app(),
                        again.url(),
                        "retrying",
                        again.text() + ". Tried again in " + again.pause().toSeconds() + " s.");
        };
    }
}
