package dev.porthole.desktop.activity;

import dev.porthole.core.api.AuditEntry;
import dev.porthole.desktop.ui.Moments;
import dev.porthole.desktop.ui.PlainText;
import dev.porthole.desktop.ui.Texts;
import java.util.Map;
import java.util.Objects;

/**
 * Something that was done, in plain words.
 *
 * @param name what the tunnel or connector that it was done to is called now; empty if that is not known
 */
record ActivityEntry(AuditEntry entry, ActivityKind kind, String name) {
    private static final String SERVER = "server";

    /** @param names what tunnels and connectors are called now, by id */
    static ActivityEntry of(AuditEntry entry, Map<String, String> names) {
        String name = PlainText.of(names.getOrDefault(entry.resource(), ""));
        return new ActivityEntry(entry, ActivityKind.of(entry.action()), name);
    }

    String id() {
        return entry.id();
    }

    /** When, and from where. */
    String details(Moments moments) {
        String at = moments.of(entry.at());
        String address = entry.address();
        return address == null ? at : Texts.text("activity.from", at, PlainText.of(address));
    }

    /** The whole as one sentence. */
    String sentence() {
        return who() + " " + what();
    }

    /** Who did it. */
    String who() {
        if (kind == ActivityKind.CONNECTIONS && !name.isEmpty()) {
            // A session is a connector's own doing.
            return name;
        }
        return actor(entry.actor(), Objects.requireNonNullElse(entry.actorName(), entry.actor()));
    }

    /** What someone is called who did something. */
    static String actor(String id, String name) {
        return id.equals(SERVER) ? Texts.text("activity.server") : PlainText.of(name);
    }

    /** What it was done to: as it is called now, or was when it was done; otherwise in general. */
    private String named() {
        if (!name.isEmpty()) {
            return name;
        }
        String then = entry.detail();
        if (then != null && !then.isBlank() && kind != ActivityKind.CONNECTIONS) {
            return PlainText.of(then);
        }
        return switch (kind) {
            case TUNNELS -> Texts.text("activity.some.tunnel");
            case CONNECTORS, CONNECTIONS -> Texts.text("activity.some.connector");
            case KEYS -> Texts.text("activity.some.key");
            case PROJECT -> Texts.text("activity.some.project");
            case EVERYTHING -> PlainText.of(entry.resource());
        };
    }

    /** What was done, as the rest of the sentence. */
    String what() {
        String it = named();
        return switch (entry.action()) {
            case "tunnel.created" -> Texts.text("activity.tunnel.created", it);
            case "tunnel.enabled" -> Texts.text("activity.tunnel.enabled", it);
            case "tunnel.disabled" -> Texts.text("activity.tunnel.disabled", it);
            case "tunnel.updated" -> Texts.text("activity.tunnel.updated", it);
            case "tunnel.deleted" -> Texts.text("activity.tunnel.deleted", it);
            case "tunnel.expired" -> Texts.text("activity.tunnel.expired", it);
            case "tunnel.moved" -> Texts.text("activity.tunnel.moved", it);
            case "connector.created" -> Texts.text("activity.connector.created", it);
            case "connector.updated" -> Texts.text("activity.connector.updated", it);
            case "connector.rotated" -> Texts.text("activity.connector.rotated", it);
            case "connector.deleted" -> Texts.text("activity.connector.deleted", it);
            case "session.connected" -> Texts.text("activity.session.connected");
            case "session.disconnected" -> Texts.text("activity.session.disconnected");
            case "key.created" -> Texts.text("activity.key.created", it);
            case "key.rotated" -> Texts.text("activity.key.rotated", it);
            case "key.deleted" -> Texts.text("activity.key.deleted", it);
            case "project.created" -> Texts.text("activity.project.created", it);
            case "project.updated" -> Texts.text("activity.project.updated", it);
            case "project.deleted" -> Texts.text("activity.project.deleted", it);
            default -> Texts.text("activity.other", PlainText.of(entry.action()), it);
        };
    }
}
