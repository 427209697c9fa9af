package dev.porthole.server.console;

import dev.porthole.core.api.Condition;
import dev.porthole.core.api.Connector;
import dev.porthole.core.api.Project;
import dev.porthole.server.console.pages.tunnels.JtefrontGenerated;
import dev.porthole.server.console.pages.tunnels.JtelistingGenerated;
import dev.porthole.server.console.pages.tunnels.JteoneGenerated;
import gg.jte.html.HtmlTemplateOutput;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Pages about tunnels. */
public final class TunnelViews {
    private TunnelViews() {}

    /** What a condition says, as the app's stages say it. */
    public static String stage(Condition condition) {
        return switch (condition.type()) {
            case Accepted -> condition.holds() ? "Name reserved" : "Name not reserved";
            case Programmed -> condition.holds() ? "Route is live on the server" : "No route on the server";
            case Ready ->
                condition.holds() ? "Answered through the public address" : "No answer through the public address yet";
        };
    }

    /**
     * A project's tunnels, on the front page.
     *
     * @param more whether it has others
     * @param keys absent where there are no keys
     */
    public record Group(
            Project project,
            List<TunnelLine> tunnels,
            boolean more,
            @Nullable KeyGroup keys) {
        public Group {
            tunnels = List.copyOf(tunnels);
        }

        public String at(String path) {
            return "/console/projects/" + project.id() + path;
        }
    }

    /** A project's keys, on the front page. */
    public record KeyGroup(List<KeyLine> keys, boolean more) {
        public KeyGroup {
            keys = List.copyOf(keys);
        }
    }

    /** A key by what recognises it. */
    public record KeyLine(String id, String name, String prefix) {}

    /**
     * The front page: one's own tunnels.
     *
     * @param server the address that the app is given
     */
    public record Front(Frame frame, List<Group> groups, String server) implements View {
        public Front {
            groups = List.copyOf(groups);
        }

        @Override
        public void render(HtmlTemplateOutput html) {
            JtefrontGenerated.render(html, null, this);
        }
    }

    /** A project's tunnels. */
    public record Listing(Frame frame, List<TunnelLine> tunnels, Pager pager) implements View {
        public Listing {
            tunnels = List.copyOf(tunnels);
        }

        @Override
        public void render(HtmlTemplateOutput html) {
            JtelistingGenerated.render(html, null, this);
        }
    }

    /**
     * One tunnel.
     *
     * @param connector who carries it; absent if nobody does
     * @param connectors who might
     */
    public record One(
            Frame frame, TunnelLine line, @Nullable Connector connector, List<Connector> connectors)
            implements View {
        public One {
            connectors = List.copyOf(connectors);
        }

        /** The page's own address. */
        public String self() {
            return frame.at("/tunnels/" + line.tunnel().id());
        }

        @Override
        public void render(HtmlTemplateOutput html) {
            JteoneGenerated.render(html, null, this);
        }
    }
}
