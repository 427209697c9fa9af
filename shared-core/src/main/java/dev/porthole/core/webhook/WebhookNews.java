package dev.porthole.core.webhook;

import java.time.Duration;

/** What became of an app's webhook. Texts are for people, and have no secret in them. */
public sealed interface WebhookNews {
    /** Deliveries go to {@code url} from now on. */
    record Set(String app, String url) implements WebhookNews {}

    /** It could not be set, and trying again would not help: {@code text} says what does. */
    record Refused(String app, String url, String text) implements WebhookNews {}

    /** It could not be set yet, and is tried again after {@code pause}. */
    record Retrying(String app, String url, String text, Duration pause) implements WebhookNews {}
}
