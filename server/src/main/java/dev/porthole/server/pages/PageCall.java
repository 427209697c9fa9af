package dev.porthole.server.pages;

import dev.porthole.core.api.Page;
import dev.porthole.core.api.Project;
import dev.porthole.core.api.User;
import dev.porthole.server.console.Frame;
import dev.porthole.server.console.Pager;
import dev.porthole.server.console.Pages;
import dev.porthole.server.console.View;
import dev.porthole.server.control.ApiRequest;
import dev.porthole.server.control.ApiResult;
import dev.porthole.server.control.InProcessApi;
import dev.porthole.server.identity.Visit;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One request for a page, with the API at hand for whoever makes it. */
final class PageCall {
    static final String API = "/api/v1";
    static final String PROJECT = API + "/projects/{project}";

    /** In the switcher; who has more finds them in the list of all. */
    private static final String SWITCHER = "12";

    private final InProcessApi api;
    private final Visit visit;

    PageCall(InProcessApi api, Visit visit) {
        this.api = api;
        this.visit = visit;
    }

    Visit visit() {
        return visit;
    }

    /** The id of the project in the page's path. */
    String project() {
        return visit.path("project");
    }

    /** The address of one of the project's pages. */
    String at(String path) {
        return "/console/projects/" + project() + path;
    }

    boolean offers(String method, String template) {
        return api.offers(method, template);
    }

    /** Calls the API; a refusal is the page's to show. */
    ApiResult call(ApiRequest request) {
        return api.call(visit.person(), request, visit.address());
    }

    /** What the page can't be without. */
    ApiResult.Done need(ApiRequest request) throws NotShownException {
        return switch (call(request)) {
            case ApiResult.Done done -> done;
            case ApiResult.Refused refused -> throw new NotShownException(refused.problem());
        };
    }

    <T> T get(Class<T> type, String template, String... path) throws NotShownException {
        return need(ApiRequest.of("GET", template, path)).as(type);
    }

    <T> Page<T> list(Class<T> item, String template, String... path) throws NotShownException {
        return list(item, ApiRequest.of("GET", template, path));
    }

    <T> Page<T> list(Class<T> item, ApiRequest request) throws NotShownException {
        return need(request).page(item);
    }

    /** A list from where the page's {@code cursor} says. */
    <T> Page<T> slice(Class<T> item, String template, String... path) throws NotShownException {
        return list(item, ApiRequest.of("GET", template, path).query("cursor", visit.query("cursor")));
    }

    /** How a page that shows a {@link #slice} leads to the next one. */
    Pager pager(Page<?> page, String self) {
        return new Pager(
                page.items().size(),
                page.total(),
                page.next() == null ? null : self + and(self) + "cursor=" + encoded(page.next()),
                visit.query("cursor").isEmpty() ? null : self);
    }

    private static String and(String address) {
        return address.indexOf('?') < 0 ? "?" : "&";
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** What stands around a page of the path's project. */
    Frame ofProject(String current) throws NotShownException {
        Project project = get(Project.class, PROJECT, project());
        return frame(project, Tabs.ofProject(this, project), current);
    }

    /** What stands around a page about no project. */
    Frame plain(String current) throws NotShownException {
        return frame(null, List.of(), current);
    }

    /** What stands around an administrators' page; the API refuses others what it shows. */
    Frame ofAdministration(String current) throws NotShownException {
        return frame(null, Tabs.ofAdministration(this), current);
    }

    private Frame frame(@Nullable Project project, List<Frame.Tab> tabs, String current) throws NotShownException {
        User user = get(User.class, API + "/me");
        Page<Project> projects =
                list(Project.class, ApiRequest.of("GET", API + "/projects").query("limit", SWITCHER));
        return new Frame(
                visit.formToken(),
                visit.userName(),
                project,
                projects.items(),
                projects.next() != null,
                tabs,
                current,
                Tabs.foot(this, user),
                Said.of(visit.query("said")).map(Said::text).orElse(null),
                null);
    }

    /** Sends what the API answers, as it is: a stream, or a file. */
    void pass(ApiRequest request) {
        Pages.protect(visit.exchange(), null);
        api.send(
                visit.exchange(),
                visit.person(),
                request,
                visit.address(),
                visit.lastEventId().orElse(null));
    }

    void show(View view) {
        show(200, view);
    }

    void show(int status, View view) {
        Pages.send(visit.exchange(), status, view);
    }

    /** Leads on after a form has done what it is for. */
    void done(String path, Said said) {
        visit.go(path + "?said=" + said.word());
    }
}
