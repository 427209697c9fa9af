package dev.porthole.desktop.projects;

import dev.porthole.core.api.Project;
import dev.porthole.core.api.Role;
import dev.porthole.desktop.ui.PlainText;
import dev.porthole.desktop.ui.Texts;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A project as its row shows it.
 *
 * @param active whether new tunnels go to it
 * @param running the labels of its tunnels that this computer carries now
 * @param role what the person is in its organization; null while that is not known
 */
record ProjectItem(
        Project project,
        boolean active,
        List<String> running,
        @Nullable Role role) {
    ProjectItem {
        running = List.copyOf(running);
    }

    String id() {
        return project.id();
    }

    String name() {
        return PlainText.of(project.name());
    }

    String organization() {
        return PlainText.of(project.organization().name());
    }

    /** Whether the person may give it another name. */
    boolean mayRename() {
        return role == Role.owner;
    }

    /** Its organization, what the person is there, and what runs of it on this computer. */
    String details() {
        String where = role == null ? organization() : Texts.text("project.role", organization(), roleWord(role));
        return running.isEmpty()
                ? where
                : Texts.text("project.running", where, running.size(), String.join(", ", running));
    }

    private static String roleWord(Role role) {
        return switch (role) {
            case owner -> Texts.text("role.owner");
            case member -> Texts.text("role.member");
            case viewer -> Texts.text("role.viewer");
        };
    }

    boolean matches(String search) {
        String words = (name() + " " + organization()).toLowerCase(Locale.ROOT);
        return words.contains(search.strip().toLowerCase(Locale.ROOT));
    }
}
