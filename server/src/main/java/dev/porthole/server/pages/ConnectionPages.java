package dev.porthole.server.pages;

import dev.porthole.core.api.Connector;
import dev.porthole.core.api.ConnectorConnection;
import dev.porthole.server.console.Form;
import dev.porthole.server.console.Frame;
import dev.porthole.server.console.Question;
import dev.porthole.server.console.Sheet;
import dev.porthole.server.control.ApiRequest;
import dev.porthole.server.control.ApiResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How agents connect for external connectors: one page for a new one, for showing, and for rotating. */
final class ConnectionPages {
    private static final String CONNECTORS = PageCall.PROJECT + "/connectors";
    private static final String CONNECTOR = CONNECTORS + "/{connector}";
    static final String CONNECTION = CONNECTOR + "/connection";
    static final String ROTATE = CONNECTOR + "/rotate";
    private static final String AT = "/console/projects/{project}/connectors";

    private ConnectionPages() {}

    static void mount(Console.Mounting at) {
        at.page(AT + "/new", call -> call.show(making(call)))
                .form(AT + "/new", ConnectionPages::make)
                .page(AT + "/{connector}/connection", ConnectionPages::show)
                .page(AT + "/{connector}/rotate", call -> call.show(rotation(call)))
                .form(AT + "/{connector}/rotate", ConnectionPages::rotate);
    }

    private static Form making(PageCall call) throws NotShownException {
        return new Form(
                call.ofProject("connectors"),
                "New external connector",
                "For a server or a container that carries tunnels without anyone signed in.",
                call.at("/connectors/new"),
                List.of(Form.Text.line("name", "Name", call.visit().field("name"), "Where it runs, such as build server.")),
                "Make connector",
                false,
                call.at("/connectors"),
                null);
    }

    private static void make(PageCall call) throws NotShownException {
        ApiRequest request = ApiRequest.of("POST", CONNECTORS, call.project())
                .body(Map.of("name", call.visit().field("name")));
        switch (call.call(request)) {
            case ApiResult.Done done -> call.show(connection(call, done.as(ConnectorConnection.class)));
            case ApiResult.Refused refused ->
                call.show(refused.problem().status(), making(call).refused(refused.problem()));
        }
    }

    private static void show(PageCall call) throws NotShownException {
        call.show(connection(
                call,
                call.get(
                        ConnectorConnection.class,
                        CONNECTION,
                        call.project(),
                        call.visit().path("connector"))));
    }

    private static Sheet connection(PageCall call, ConnectorConnection shown) throws NotShownException {
        Frame frame = call.ofProject("connectors");
        Connector connector = shown.connector();
        boolean fresh = !shown.credential().isEmpty();
        List<Sheet.Section> sections = new ArrayList<>();
        sections.add(
                fresh
                        ? new Sheet.Once(
                                "",
                                "Its credential",
                                shown.credential(),
                                "Copy it now: it can't be shown again. Whoever has it carries this connector's tunnels.")
                        : new Sheet.Words(
                                "",
                                List.of("Rotate to reveal a new credential; the current one cannot be shown.")));
        sections.add(new Sheet.Facts(
                "",
                List.of(
                        new Sheet.Fact("Server", Sheet.Cell.code(shown.server())),
                        new Sheet.Fact(
                                "Credential begins with",
                                shown.prefix().isEmpty()
                                        ? Sheet.Cell.words("none: rotate to make one")
                                        : Sheet.Cell.code(shown.prefix() + "…")),
                        new Sheet.Fact("Last used", Sheet.Cell.at(shown.lastUsedAt(), "never")))));
        sections.add(new Sheet.Snippets(
                "Ready to paste",
                shown.snippets().stream()
                        .map(snippet -> new Sheet.Snippet(snippet.title(), snippet.text()))
                        .toList()));
        return new Sheet(
                frame,
                "Connect " + connector.name(),
                "",
                List.of(
                        Sheet.Go.to("Back to the connector", call.at("/connectors/" + connector.id())),
                        new Sheet.Go(
                                "Rotate credentials…", "", call.at("/connectors/" + connector.id() + "/rotate"), "")),
                sections);
    }

    private static Question rotation(PageCall call) throws NotShownException {
        Connector connector = call.get(
                Connector.class, CONNECTOR, call.project(), call.visit().path("connector"));
        String self = call.at("/connectors/" + connector.id());
        return Question.of(
                call.ofProject("connectors"),
                "Rotate the credentials of " + connector.name() + "?",
                List.of(
                        "The current credential ends immediately, and the sessions that run on it with it. You get"
                                + " another one, which is shown once.",
                        "The connector keeps its tunnels and their addresses."),
                self + "/rotate",
                "Rotate credentials",
                self);
    }

    private static void rotate(PageCall call) throws NotShownException {
        switch (call.call(
                ApiRequest.of("POST", ROTATE, call.project(), call.visit().path("connector")))) {
            case ApiResult.Done done -> call.show(connection(call, done.as(ConnectorConnection.class)));
            case ApiResult.Refused refused ->
                call.show(refused.problem().status(), rotation(call).failed(Problems.line(refused.problem())));
        }
    }
}
