package dev.porthole.server.console;

import dev.porthole.core.api.Connector;
import dev.porthole.server.console.pages.connectors.JtelistingGenerated;
import dev.porthole.server.console.pages.connectors.JteoneGenerated;
import gg.jte.html.HtmlTemplateOutput;
import java.util.List;

/** Pages about connectors. */
public final class ConnectorViews {
    private ConnectorViews() {}

    /**
     * A project's connectors.
     *
     * @param makes whether external ones can be made
     */
    public record Listing(Frame frame, List<Connector> connectors, Pager pager, boolean makes) implements View {
        public Listing {
            connectors = List.copyOf(connectors);
        }

        @Override
        public void render(HtmlTemplateOutput html) {
            JtelistingGenerated.render(html, null, this);
        }
    }

    /**
     * One connector.
     *
     * @param tunnels those that it is to carry
     * @param connects whether it has a credential of its own, to be shown how to use and rotated
     */
    public record One(Frame frame, Connector connector, List<TunnelLine> tunnels, boolean connects) implements View {
        public One {
            tunnels = List.copyOf(tunnels);
        }

        public String self() {
            return frame.at("/connectors/" + connector.id());
        }

        @Override
        public void render(HtmlTemplateOutput html) {
            JteoneGenerated.render(html, null, this);
        }
    }
}
