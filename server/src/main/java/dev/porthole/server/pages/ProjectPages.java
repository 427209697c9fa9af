package dev.porthole.server.pages;

import dev.porthole.core.api.Organization;
import dev.porthole.core.api.Page;
import dev.porthole.core.api.Project;
import dev.porthole.server.console.Form;
import dev.porthole.server.console.ProjectViews;
import dev.porthole.server.control.ApiRequest;
import dev.porthole.server.control.ApiResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** All projects, and new ones. */
final class ProjectPages {
    private static final String PROJECTS = PageCall.API + "/projects";

    private ProjectPages() {}

    static void mount(Console.Mounting at) {
        at.page("/console", call -> call.visit().go("/"))
                .page("/console/projects", ProjectPages::list)
                .page(
                        "/console/projects/new",
                        call -> call.show(making(call, "", "", UUID.randomUUID().toString())))
                .form("/console/projects/new", ProjectPages::make)
                .page("/console/projects/{project}", call -> call.visit().go(call.at("/tunnels")));
    }

    private static void list(PageCall call) throws NotShownException {
        Page<Project> projects = call.slice(Project.class, PROJECTS);
        call.show(new ProjectViews.Listing(
                call.plain("projects"), projects.items(), call.pager(projects, "/console/projects")));
    }

    private static Form making(PageCall call, String name, String organization, String once) throws NotShownException {
        List<Form.Field> fields = new java.util.ArrayList<>();
        fields.add(Form.Text.line("name", "Name", name, "Such as web-shop. It can be changed later."));
        List<Form.Option> owners = call.list(Organization.class, PageCall.API + "/organizations").items().stream()
                .map(one -> new Form.Option(one.id(), one.name()))
                .toList();
        if (owners.size() > 1) {
            fields.add(new Form.Choice(
                    "organization", "Organization", owners, organization, "Its members see the project."));
        }
        fields.add(new Form.Hidden("once", once));
        return new Form(
                call.plain("new-project"),
                "New project",
                "A project holds tunnels, connectors and keys.",
                "/console/projects/new",
                fields,
                "Make project",
                false,
                "/console/projects",
                null);
    }

    private static void make(PageCall call) throws NotShownException {
        String name = call.visit().field("name");
        String organization = call.visit().field("organization");
        String once = call.visit().field("once");
        Map<String, String> body = new LinkedHashMap<>(Map.of("name", name));
        if (!organization.isEmpty()) {
            body.put("organization", organization);
        }
        ApiRequest request = ApiRequest.of("POST", PROJECTS).body(body);
        switch (call.call(once.isEmpty() ? request : request.once(once))) {
            case ApiResult.Done done ->
                call.done("/console/projects/" + done.as(Project.class).id() + "/tunnels", Said.PROJECT_MADE);
            case ApiResult.Refused refused ->
                call.show(
                        refused.problem().status(),
                        making(call, name, organization, UUID.randomUUID().toString())
                                .refused(refused.problem()));
        }
    }
}
