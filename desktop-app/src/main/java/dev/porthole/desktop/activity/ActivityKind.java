package dev.porthole.desktop.activity;

import dev.porthole.desktop.ui.Texts;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

/** The sorts of things that are done in a project. */
enum ActivityKind {
    EVERYTHING(null, Feather.CLOCK),
    TUNNELS("tunnel", Feather.LINK_2),
    CONNECTORS("connector", Feather.SERVER),
    CONNECTIONS("session", Feather.RADIO),
    KEYS("key", Feather.KEY),
    PROJECT("project", Feather.FOLDER);

    private final @Nullable String prefix;
    private final Feather icon;

    ActivityKind(@Nullable String prefix, Feather icon) {
        this.prefix = prefix;
        this.icon = icon;
    }

    /** What an action such as {@code tunnel.created} belongs to. */
    static ActivityKind of(String action) {
        for (ActivityKind kind : values()) {
            if (kind.prefix != null && action.startsWith(kind.prefix + ".")) {
                return kind;
            }
        }
        return EVERYTHING;
    }

    /** How a server is asked for it; null for everything. */
    @Nullable
    String pattern() {
        return prefix == null ? null : prefix + ".*";
    }

    Feather icon() {
        return icon;
    }

    String words() {
        return switch (this) {
            case EVERYTHING -> Texts.text("activity.kind.everything");
            case TUNNELS -> Texts.text("activity.kind.tunnels");
            case CONNECTORS -> Texts.text("activity.kind.connectors");
            case CONNECTIONS -> Texts.text("activity.kind.connections");
            case KEYS -> Texts.text("activity.kind.keys");
            case PROJECT -> Texts.text("activity.kind.project");
        };
    }
}
