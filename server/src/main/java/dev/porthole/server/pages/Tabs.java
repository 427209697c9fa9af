package dev.porthole.server.pages;

import dev.porthole.core.api.Project;
import dev.porthole.core.api.User;
import dev.porthole.server.console.Frame;
import java.util.ArrayList;
import java.util.List;

/** Which pages there are: only those whose routes the API has. */
final class Tabs {
    private Tabs() {}

    static List<Frame.Tab> ofProject(PageCall call, Project project) {
        String at = "/console/projects/" + project.id();
        List<Frame.Tab> tabs = new ArrayList<>();
        tabs.add(new Frame.Tab("tunnels", "Tunnels", at + "/tunnels", "tunnels"));
        tabs.add(new Frame.Tab("connectors", "Connectors", at + "/connectors", "connectors"));
        if (call.offers("GET", KeyPages.KEYS)) {
            tabs.add(new Frame.Tab("keys", "Keys", at + "/keys", "keys"));
        }
        if (call.offers("GET", MemberPages.MEMBERS)) {
            tabs.add(new Frame.Tab("members", "Members", at + "/members", "members"));
        }
        if (call.offers("GET", AuditPages.OF_PROJECT)) {
            tabs.add(new Frame.Tab("audit", "Activity", at + "/audit", "activity"));
        }
        if (call.offers("PATCH", PageCall.PROJECT)) {
            tabs.add(new Frame.Tab("settings", "Settings", at + "/settings", "settings"));
        }
        return tabs;
    }

    static List<Frame.Tab> ofAdministration(PageCall call) {
        List<Frame.Tab> tabs = new ArrayList<>();
        add(call, tabs, AdminPages.USERS, new Frame.Tab("users", "Users", "/console/admin/users", "members"));
        add(call, tabs, ClientPages.CLIENTS, new Frame.Tab("clients", "Apps", "/console/admin/clients", "clients"));
        add(call, tabs, AuditPages.OF_SERVER, new Frame.Tab("audit", "Activity", "/console/admin/audit", "activity"));
        add(call, tabs, ServerPages.HEALTH, new Frame.Tab("health", "Server", "/console/admin/health", "server"));
        add(call, tabs, ServerPages.TABLES, new Frame.Tab("data", "Data", "/console/admin/data", "data"));
        return tabs;
    }

    private static void add(PageCall call, List<Frame.Tab> tabs, String template, Frame.Tab tab) {
        if (call.offers("GET", template)) {
            tabs.add(tab);
        }
    }

    /** The person's own page, and the server's for administrators. */
    static List<Frame.Tab> foot(PageCall call, User user) {
        List<Frame.Tab> foot = new ArrayList<>();
        foot.add(new Frame.Tab("account", user.name(), "/console/account", "account"));
        List<Frame.Tab> administration = user.administrator() ? ofAdministration(call) : List.of();
        if (!administration.isEmpty()) {
            foot.add(new Frame.Tab(
                    "administration", "Administration", administration.getFirst().href(), "administration"));
        }
        return foot;
    }
}
