package dev.porthole.server.pages;

import dev.porthole.core.api.Project;
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
        if (call.offers("PATCH", PageCall.PROJECT)) {
            tabs.add(new Frame.Tab("settings", "Settings", at + "/settings", "settings"));
        }
        return tabs;
    }
}
