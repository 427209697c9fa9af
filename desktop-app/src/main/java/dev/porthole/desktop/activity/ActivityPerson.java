package dev.porthole.desktop.activity;

import dev.porthole.desktop.ui.Texts;
import org.jspecify.annotations.Nullable;

/**
 * Whose deeds are looked for.
 *
 * @param id null for everyone's
 */
record ActivityPerson(@Nullable String id, String name) {
    static final ActivityPerson EVERYONE = new ActivityPerson(null, "");

    String words() {
        return id == null ? Texts.text("activity.everyone") : ActivityEntry.actor(id, name);
    }
}
