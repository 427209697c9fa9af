package dev.porthole.server.console;

import dev.porthole.core.api.Project;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What stands around every page of the console: whose it is, the project, and where else one can go.
 *
 * @param formToken comes back with each form, as {@code form_token}
 * @param project the one that the page is about; absent on pages about none
 * @param projects the newest of the person's, for switching
 * @param moreProjects whether there are others
 * @param tabs pages of the project, or of the area
 * @param current the id of the tab that the page belongs to
 * @param foot pages about the person and the server
 * @param said what the last form did; absent after none
 * @param follows where changes of the project are told; absent where nothing on the page changes by itself
 */
public record Frame(
        String formToken,
        String userName,
        @Nullable Project project,
        List<Project> projects,
        boolean moreProjects,
        List<Tab> tabs,
        String current,
        List<Tab> foot,
        @Nullable String said,
        @Nullable String follows) {
    /**
     * A way to another page.
     *
     * @param icon one that {@code icon.jte} knows
     */
    public record Tab(String id, String label, String href, String icon) {}

    public Frame {
        projects = List.copyOf(projects);
        tabs = List.copyOf(tabs);
        foot = List.copyOf(foot);
    }

    /** The same, following the project's changes. */
    public Frame live() {
        Project of = project;
        return of == null ? this : following("/console/projects/" + of.id() + "/events");
    }

    private Frame following(String events) {
        return new Frame(formToken, userName, project, projects, moreProjects, tabs, current, foot, said, events);
    }

    /** The address of one of the project's pages. */
    public String at(String path) {
        Project of = project;
        if (of == null) {
            throw new IllegalStateException(path + ": the page is about no project");
        }
        return "/console/projects/" + of.id() + path;
    }

    /** What stands in the tile beside a project's name. */
    public static String initial(String name) {
        return name.isEmpty()
                ? "?"
                : name.substring(0, name.offsetByCodePoints(0, 1)).toUpperCase(java.util.Locale.ROOT);
    }
}
