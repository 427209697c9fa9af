package dev.porthole.server.pages;

import dev.porthole.core.api.Dependents;
import dev.porthole.core.api.Problem;
import dev.porthole.core.api.Project;
import dev.porthole.core.api.Quota;
import dev.porthole.server.console.Form;
import dev.porthole.server.console.Frame;
import dev.porthole.server.console.Question;
import dev.porthole.server.console.Sheet;
import dev.porthole.server.control.ApiRequest;
import dev.porthole.server.control.ApiResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A project's name, quotas, and end. */
final class SettingsPages {
    private static final String QUOTA = PageCall.PROJECT + "/quota";
    private static final String AT = "/console/projects/{project}/settings";

    private SettingsPages() {}

    static void mount(Console.Mounting at) {
        at.page(AT, call -> call.show(shown(call)))
                .form(AT, SettingsPages::rename)
                .page(AT + "/delete", call -> call.show(deletion(call)))
                .form(AT + "/delete", SettingsPages::delete);
    }

    private static Sheet shown(PageCall call) throws NotShownException {
        Frame frame = call.ofProject("settings");
        Project project = Objects.requireNonNull(frame.project(), "the frame of a project");
        String name = call.visit().field("name").isEmpty() ? project.name() : call.visit().field("name");
        Quota quota = call.get(Quota.class, QUOTA, project.id());
        return new Sheet(
                frame,
                "Settings",
                "",
                List.of(),
                List.of(
                        new Sheet.Ask(
                                "Name",
                                call.at("/settings"),
                                false,
                                true,
                                List.of(Form.Text.line("name", "Project’s name", name, "")),
                                "Rename"),
                        new Sheet.Facts(
                                "Quotas",
                                List.of(
                                        used("Tunnels", quota.tunnelsUsed(), quota.tunnels()),
                                        used("Keys", quota.keysUsed(), quota.keys()),
                                        used("Connectors", quota.connectorsUsed(), quota.connectors()))),
                        new Sheet.Facts(
                                "Identity",
                                List.of(
                                        new Sheet.Fact("Project id", Sheet.Cell.code(project.id())),
                                        new Sheet.Fact(
                                                "Organization",
                                                Sheet.Cell.words(project.organization().name())))),
                        new Sheet.Actions(
                                "Delete",
                                "Ends its tunnels, connectors and keys for good.",
                                List.of(new Sheet.Go("Delete project…", "", call.at("/settings/delete"), "bad")))));
    }

    private static Sheet.Fact used(String things, int used, @Nullable Integer most) {
        return new Sheet.Fact(things, Sheet.Cell.words(used + (most == null ? ", without a limit" : " of " + most)));
    }

    private static void rename(PageCall call) throws NotShownException {
        ApiRequest request = ApiRequest.of("PATCH", PageCall.PROJECT, call.project())
                .body(Map.of("name", call.visit().field("name")));
        switch (call.call(request)) {
            case ApiResult.Done _ -> call.done(call.at("/settings"), Said.PROJECT_RENAMED);
            case ApiResult.Refused refused ->
                call.show(refused.problem().status(), shown(call).failed(Problems.line(refused.problem())));
        }
    }

    private static Question deletion(PageCall call) throws NotShownException {
        Frame frame = call.ofProject("settings");
        Project project = Objects.requireNonNull(frame.project(), "the frame of a project");
        return new Question(
                frame,
                "Delete " + project.name() + "?",
                List.of("This can't be undone. With the project go:"),
                hanging(call),
                call.at("/settings/delete"),
                List.of(new Form.Hidden("confirm", project.name())),
                "Delete project",
                call.at("/settings"),
                null);
    }

    private static List<String> hanging(PageCall call) throws NotShownException {
        Quota quota = call.get(Quota.class, QUOTA, call.project());
        List<String> named = new ArrayList<>();
        named.add(counted(quota.tunnelsUsed(), "tunnel"));
        named.add(counted(quota.connectorsUsed(), "connector"));
        named.add(counted(quota.keysUsed(), "key"));
        return named;
    }

    private static String counted(int count, String thing) {
        return count + " " + thing + (count == 1 ? "" : "s");
    }

    private static void delete(PageCall call) throws NotShownException {
        ApiRequest request = ApiRequest.of("DELETE", PageCall.PROJECT, call.project())
                .query("confirm", call.visit().field("confirm"));
        switch (call.call(request)) {
            case ApiResult.Done _ -> call.done("/console/projects", Said.PROJECT_DELETED);
            case ApiResult.Refused refused ->
                call.show(refused.problem().status(), deletion(call).failed(words(refused.problem())));
        }
    }

    private static String words(Problem problem) {
        List<Dependents> hanging = problem.dependents();
        return hanging == null
                ? Problems.line(problem)
                : problem.title() + ": "
                        + String.join(
                                ", ",
                                hanging.stream()
                                        .map(some -> some.count() + " " + some.kind())
                                        .toList());
    }
}
