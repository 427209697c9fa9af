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
        return tabs;
    }

    static List<Frame.Tab> ofAdministration(PageCall call) {
        return List.of();
    }

    static List<Frame.Tab> ofAccount(PageCall call) {
        return List.of();
    }

    static List<Frame.Tab> foot(PageCall call, User user) {
        return List.of();
    }
}
