package dev.porthole.server.pages;

import dev.porthole.core.api.Connector;
import dev.porthole.core.api.Page;
import dev.porthole.core.api.Tunnel;
import dev.porthole.server.console.ConnectorViews;
import dev.porthole.server.console.Frame;
import dev.porthole.server.console.Question;
import dev.porthole.server.console.TunnelLine;
import dev.porthole.server.control.ApiRequest;
import dev.porthole.server.control.ApiResult;
import java.util.ArrayList;
import java.util.List;

/** A project's connectors. */
final class ConnectorPages {
    private static final String CONNECTORS = PageCall.PROJECT + "/connectors";
    private static final String CONNECTOR = CONNECTORS + "/{connector}";
    private static final String AT = "/console/projects/{project}/connectors";

    private ConnectorPages() {}

    static void mount(Console.Mounting at) {
        at.page(AT, ConnectorPages::list)
                .page(AT + "/{connector}", ConnectorPages::one)
                .page(AT + "/{connector}/remove", call -> call.show(removal(call)))
                .form(AT + "/{connector}/remove", ConnectorPages::remove);
    }

    private static Connector connector(PageCall call) throws NotShownException {
        return call.get(Connector.class, CONNECTOR, call.project(), call.visit().path("connector"));
    }

    private static String self(PageCall call) {
        return call.at("/connectors/" + call.visit().path("connector"));
    }

    private static void list(PageCall call) throws NotShownException {
        Frame frame = call.ofProject("connectors").live();
        Page<Connector> connectors = call.slice(Connector.class, CONNECTORS, call.project());
        call.show(new ConnectorViews.Listing(
                frame,
                connectors.items(),
                call.pager(connectors, call.at("/connectors")),
                call.offers("POST", CONNECTORS)));
    }

    private static void one(PageCall call) throws NotShownException {
        Frame frame = call.ofProject("connectors").live();
        Connector connector = connector(call);
        call.show(new ConnectorViews.One(
                frame,
                connector,
                tunnels(call, connector),
                connector.kind() == Connector.Kind.external && call.offers("POST", ConnectionPages.ROTATE)));
    }

    /** Those that it carries; one that is deleted meanwhile is left out. */
    private static List<TunnelLine> tunnels(PageCall call, Connector connector) {
        List<TunnelLine> lines = new ArrayList<>();
        for (String tunnel : connector.tunnels()) {
            ApiRequest request = ApiRequest.of("GET", PageCall.PROJECT + "/tunnels/{tunnel}", call.project(), tunnel);
            if (call.call(request) instanceof ApiResult.Done done) {
                lines.add(new TunnelLine(done.as(Tunnel.class)));
            }
        }
        return lines;
    }

    private static Question removal(PageCall call) throws NotShownException {
        Connector connector = connector(call);
        List<TunnelLine> tunnels = tunnels(call, connector);
        return new Question(
                call.ofProject("connectors"),
                "Remove " + connector.name() + "?",
                tunnels.isEmpty()
                        ? List.of("Its sessions end at once.")
                        : List.of(
                                "Its sessions end at once, and these tunnels stop until another connector carries them:"),
                tunnels.stream().map(line -> line.tunnel().label()).toList(),
                self(call) + "/remove",
                List.of(),
                "Remove connector",
                self(call),
                null);
    }

    private static void remove(PageCall call) throws NotShownException {
        call.need(
                ApiRequest.of("DELETE", CONNECTOR, call.project(), call.visit().path("connector")));
        call.done(call.at("/connectors"), Said.CONNECTOR_REMOVED);
    }
}
