package dev.porthole.server.pages;

import dev.porthole.core.api.Connector;
import dev.porthole.core.api.Page;
import dev.porthole.core.api.Project;
import dev.porthole.core.api.Tunnel;
import dev.porthole.server.console.Form;
import dev.porthole.server.console.Frame;
import dev.porthole.server.console.Question;
import dev.porthole.server.console.TunnelLine;
import dev.porthole.server.console.TunnelViews;
import dev.porthole.server.control.ApiRequest;
import dev.porthole.server.control.ApiResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A project's tunnels: seen, made, changed, turned on and off, deleted. */
final class TunnelPages {
    private static final String TUNNELS = PageCall.PROJECT + "/tunnels";
    private static final String TUNNEL = TUNNELS + "/{tunnel}";
    private static final String AT = "/console/projects/{project}/tunnels";
    private static final String ENDPOINT_NOTE =
            "3000, localhost:3000, https://10.0.0.5:8443 or tcp 5432, as the computer that carries it sees it.";

    private TunnelPages() {}

    static void mount(Console.Mounting at) {
        at.page(AT, TunnelPages::list)
                .page(AT + "/new", call -> call.show(making(call)))
                .form(AT + "/new", TunnelPages::make)
                .page(AT + "/{tunnel}", TunnelPages::one)
                .page(AT + "/{tunnel}/edit", call -> {
                    Tunnel tunnel = tunnel(call);
                    call.show(editing(call, tunnel.label(), tunnel.endpoint().toString()));
                })
                .form(AT + "/{tunnel}/edit", TunnelPages::edit)
                .form(AT + "/{tunnel}/switch", TunnelPages::turn)
                .page(AT + "/{tunnel}/move", call -> call.show(moving(call)))
                .form(AT + "/{tunnel}/move", TunnelPages::move)
                .page(AT + "/{tunnel}/delete", call -> call.show(deletion(call)))
                .form(AT + "/{tunnel}/delete", TunnelPages::delete);
    }

    private static Tunnel tunnel(PageCall call) throws NotShownException {
        return call.get(Tunnel.class, TUNNEL, call.project(), call.visit().path("tunnel"));
    }

    private static String self(PageCall call) {
        return call.at("/tunnels/" + call.visit().path("tunnel"));
    }

    private static void list(PageCall call) throws NotShownException {
        Frame frame = call.ofProject("tunnels").live();
        Page<Tunnel> tunnels = call.slice(Tunnel.class, TUNNELS, call.project());
        call.show(new TunnelViews.Listing(
                frame,
                tunnels.items().stream().map(TunnelLine::new).toList(),
                call.pager(tunnels, call.at("/tunnels"))));
    }

    private static void one(PageCall call) throws NotShownException {
        Frame frame = call.ofProject("tunnels").live();
        Tunnel tunnel = tunnel(call);
        List<Connector> connectors = call.list(Connector.class, PageCall.PROJECT + "/connectors", call.project())
                .items();
        call.show(new TunnelViews.One(
                frame,
                new TunnelLine(tunnel),
                connectors.stream()
                        .filter(connector -> connector.id().equals(tunnel.connector()))
                        .findFirst()
                        .orElse(null),
                connectors));
    }

    private static Form making(PageCall call) throws NotShownException {
        return new Form(
                call.ofProject("tunnels"),
                "New tunnel",
                "The app and the command line make tunnels by themselves. One made here waits for a connector.",
                call.at("/tunnels/new"),
                List.of(
                        Form.Text.line("endpoint", "What to share", call.visit().field("endpoint"), ENDPOINT_NOTE),
                        Form.Text.optional(
                                "label",
                                "Label",
                                call.visit().field("label"),
                                "For people. Without one it gets twelve letters and digits."),
                        Form.Text.optional(
                                "name",
                                "Name in its address",
                                call.visit().field("name"),
                                "Without one it gets three words, such as happy-panda-dancing. A name stays for good.")),
                "Make tunnel",
                false,
                call.at("/tunnels"),
                null);
    }

    private static void make(PageCall call) throws NotShownException {
        Map<String, String> body = filled(call, "endpoint", "label", "name");
        switch (call.call(ApiRequest.of("POST", TUNNELS, call.project()).body(body))) {
            case ApiResult.Done done ->
                call.done(
                        call.at("/tunnels/" + done.as(Tunnel.class).id()),
                        done.status() == 201 ? Said.TUNNEL_MADE : Said.TUNNEL_FOUND);
            case ApiResult.Refused refused ->
                call.show(refused.problem().status(), making(call).refused(refused.problem()));
        }
    }

    private static Form editing(PageCall call, String label, String endpoint) throws NotShownException {
        return new Form(
                call.ofProject("tunnels"),
                "Edit " + tunnel(call).label(),
                "Its address stays as it is.",
                self(call) + "/edit",
                List.of(
                        Form.Text.line("label", "Label", label, ""),
                        Form.Text.line("endpoint", "What it shares", endpoint, ENDPOINT_NOTE)),
                "Save",
                false,
                self(call),
                null);
    }

    private static void edit(PageCall call) throws NotShownException {
        ApiRequest request = patch(call).body(filled(call, "label", "endpoint"));
        switch (call.call(request)) {
            case ApiResult.Done _ -> call.done(self(call), Said.TUNNEL_CHANGED);
            case ApiResult.Refused refused ->
                call.show(
                        refused.problem().status(),
                        editing(call, call.visit().field("label"), call.visit().field("endpoint"))
                                .refused(refused.problem()));
        }
    }

    private static void turn(PageCall call) throws NotShownException {
        boolean on = call.visit().field("enabled").equals("true");
        Map<String, Object> body = new LinkedHashMap<>(Map.of("enabled", on));
        if (on && !call.visit().field("connector").isEmpty()) {
            body.put("connector", call.visit().field("connector"));
        }
        call.need(patch(call).body(body));
        call.done(
                switch (call.visit().field("back")) {
                    case "front" -> "/";
                    case "list" -> call.at("/tunnels");
                    default -> self(call);
                },
                on ? Said.TUNNEL_ON : Said.TUNNEL_OFF);
    }

    private static ApiRequest patch(PageCall call) {
        return ApiRequest.of("PATCH", TUNNEL, call.project(), call.visit().path("tunnel"));
    }

    private static Form moving(PageCall call) throws NotShownException {
        List<Form.Option> others = call
                .list(
                        Project.class,
                        ApiRequest.of("GET", PageCall.API + "/projects").query("limit", "200"))
                .items()
                .stream()
                .filter(project -> !project.id().equals(call.project()))
                .map(project -> new Form.Option(
                        project.id(), project.name() + " (" + project.organization().name() + ")"))
                .toList();
        return new Form(
                call.ofProject("tunnels"),
                "Move " + tunnel(call).label(),
                "It keeps its address. Whoever carries it now stops: a connector carries tunnels of its own project.",
                self(call) + "/move",
                List.of(new Form.Choice(
                        "project", "To", others, call.visit().field("project"), "")),
                "Move tunnel",
                false,
                self(call),
                null);
    }

    private static void move(PageCall call) throws NotShownException {
        String target = call.visit().field("project");
        ApiRequest request = ApiRequest.of("POST", TUNNEL + "/move", call.project(), call.visit().path("tunnel"))
                .body(Map.of("project", target));
        switch (call.call(request)) {
            case ApiResult.Done done -> {
                Tunnel moved = done.as(Tunnel.class);
                call.done("/console/projects/" + moved.project() + "/tunnels/" + moved.id(), Said.TUNNEL_MOVED);
            }
            case ApiResult.Refused refused ->
                call.show(refused.problem().status(), moving(call).refused(refused.problem()));
        }
    }

    private static Question deletion(PageCall call) throws NotShownException {
        Tunnel tunnel = tunnel(call);
        return Question.of(
                call.ofProject("tunnels"),
                "Delete " + tunnel.label() + "?",
                List.of(tunnel.url()
                        + " stops working, and its name can be taken by someone else. Turning it off instead keeps the"
                        + " name."),
                self(call) + "/delete",
                "Delete tunnel",
                self(call));
    }

    private static void delete(PageCall call) throws NotShownException {
        call.need(ApiRequest.of("DELETE", TUNNEL, call.project(), call.visit().path("tunnel")));
        call.done(call.at("/tunnels"), Said.TUNNEL_DELETED);
    }

    /** The fields that are not empty. */
    private static Map<String, String> filled(PageCall call, String... names) {
        Map<String, String> body = new LinkedHashMap<>();
        for (String name : names) {
            if (!call.visit().field(name).isEmpty()) {
                body.put(name, call.visit().field(name));
            }
        }
        return body;
    }
}
