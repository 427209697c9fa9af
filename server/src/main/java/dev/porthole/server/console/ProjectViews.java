package dev.porthole.server.console;

import dev.porthole.core.api.Project;
import dev.porthole.server.console.pages.projects.JtelistingGenerated;
import gg.jte.html.HtmlTemplateOutput;
import java.util.List;

/** Pages about projects. */
public final class ProjectViews {
    private ProjectViews() {}

    /** All of a person's projects. */
    public record Listing(Frame frame, List<Project> projects, Pager pager) implements View {
        public Listing {
            projects = List.copyOf(projects);
        }

        @Override
        public void render(HtmlTemplateOutput html) {
            JtelistingGenerated.render(html, null, this);
        }
    }
}
