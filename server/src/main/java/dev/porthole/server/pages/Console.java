package dev.porthole.server.pages;

import dev.porthole.core.api.Problem;
import dev.porthole.server.console.Frame;
import dev.porthole.server.console.Page;
import dev.porthole.server.console.Pages;
import dev.porthole.server.console.Trouble;
import dev.porthole.server.control.ApiRequest;
import dev.porthole.server.control.InProcessApi;
import dev.porthole.server.identity.BrowserVisits;
import io.undertow.server.HttpHandler;
import io.undertow.server.RoutingHandler;
import java.util.List;

/**
 * The console's pages at their addresses. Each is for people who are signed in (401 otherwise, with the sign-in page),
 * and what the API refuses is a page that says so, with the API's status.
 */
public final class Console {
    /** Answers a request for a page. */
    @FunctionalInterface
    interface Handler {
        void handle(PageCall call) throws Exception;
    }

    private final InProcessApi api;
    private final BrowserVisits visits;

    public Console(InProcessApi api, BrowserVisits visits) {
        this.api = api;
        this.visits = visits;
    }

    /** Adds the pages. Their handlers block: the caller has left the I/O thread. */
    public void mount(RoutingHandler routes) {
        routes.get("/", visits.front(visit -> guarded(new PageCall(api, visit), FrontPage::show)));
        routes.setFallbackHandler(exchange -> Pages.send(
                exchange,
                404,
                new Page.Problem(
                        "Nothing is here", "This address has no page.", "Check it, or start at the front page.")));
        Mounting mounting = new Mounting(routes);
        ProjectPages.mount(mounting);
        TunnelPages.mount(mounting);
        ConnectorPages.mount(mounting);
        KeyPages.mount(mounting);
        MemberPages.mount(mounting);
        SettingsPages.mount(mounting);
        AccountPages.mount(mounting);
        mountWhatIsOffered(mounting);
        mounting.page(
                "/console/projects/{project}/events",
                call -> call.pass(ApiRequest.of("GET", PageCall.PROJECT + "/events", call.project())));
    }

    private static void mountWhatIsOffered(Mounting at) {
        if (at.offers("GET", ConnectionPages.CONNECTION)) {
            ConnectionPages.mount(at);
        }
        if (at.offers("GET", AuditPages.OF_PROJECT)) {
            AuditPages.mount(at);
        }
        if (at.offers("GET", AuditPages.OF_SERVER)) {
            AuditPages.mountForAdministrators(at);
        }
        if (at.offers("GET", AdminPages.USERS)) {
            AdminPages.mount(at);
        }
        if (at.offers("GET", ClientPages.CLIENTS)) {
            ClientPages.mount(at);
        }
        if (at.offers("GET", ServerPages.HEALTH)) {
            ServerPages.mountHealth(at);
        }
        if (at.offers("GET", ServerPages.TABLES)) {
            ServerPages.mountData(at);
        }
    }

    /** Puts pages and the targets of their forms at their addresses. */
    final class Mounting {
        private final RoutingHandler routes;

        private Mounting(RoutingHandler routes) {
            this.routes = routes;
        }

        /** Whether the API has such a route. */
        boolean offers(String method, String template) {
            return api.offers(method, template);
        }

        Mounting page(String path, Handler handler) {
            routes.get(path, page(handler));
            return this;
        }

        Mounting form(String path, Handler handler) {
            routes.post(path, visits.form(visit -> guarded(new PageCall(api, visit), handler)));
            return this;
        }

        private HttpHandler page(Handler handler) {
            return visits.page(visit -> guarded(new PageCall(api, visit), handler));
        }
    }

    private static void guarded(PageCall call, Handler handler) throws Exception {
        try {
            handler.handle(call);
        } catch (NotShownException refused) {
            trouble(call, refused.problem());
        }
    }

    private static void trouble(PageCall call, Problem problem) throws Exception {
        Frame frame;
        try {
            frame = call.plain("");
        } catch (NotShownException worse) {
            frame = new Frame(
                    call.visit().formToken(),
                    call.visit().userName(),
                    null,
                    List.of(),
                    false,
                    List.of(),
                    "",
                    List.of(),
                    null,
                    null);
        }
        String text = problem.status() == 404
                ? "It may have been deleted, or it is someone else's."
                : problem.detail() == null ? "" : problem.detail();
        call.show(problem.status(), new Trouble(frame, problem.title(), text, "/", "Go to your tunnels"));
    }
}
