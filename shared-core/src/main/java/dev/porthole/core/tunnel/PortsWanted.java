package dev.porthole.core.tunnel;

import dev.porthole.core.api.ControlPlaneClient;
import dev.porthole.core.api.Discovery;
import dev.porthole.core.api.Problem;
import dev.porthole.core.api.ProblemException;
import dev.porthole.core.api.Tunnel;
import dev.porthole.core.api.TunnelAddress;
import dev.porthole.core.api.TunnelRequest;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What a share says of its tunnel's own port; null leaves a tunnel as it is. */
record PortsWanted(
        @Nullable TunnelAddress address, @Nullable Boolean visibleInNetwork) {
    static PortsWanted of(TunnelRequest request) {
        return new PortsWanted(request.address(), request.visibleInNetwork());
    }

    /** Whether a tunnel has to be changed for it. */
    boolean differFrom(Tunnel tunnel) {
        return (address != null && address != tunnel.address())
                || (visibleInNetwork != null && visibleInNetwork != tunnel.visibleInNetwork());
    }

    /**
     * The request as the server may be told it, which is asked first whether it has what is wanted: one that does not
     * know the fields refuses them by name, in words that help nobody. It need not know them to give no port.
     */
    TunnelRequest sayable(TunnelRequest request, ControlPlaneClient client)
            throws ProblemException, IOException, InterruptedException {
        if (address == null && visibleInNetwork == null) {
            return request;
        }
        Discovery server = ControlPlaneClient.discover(client.server());
        boolean visible = Boolean.TRUE.equals(visibleInNetwork);
        if (visible && !server.capabilities().contains(Discovery.NETWORK)) {
            throw refused("Only this computer's own server makes a tunnel visible in this network; at "
                    + client.server() + " that is the administrator's setting.");
        }
        if (server.capabilities().contains(Discovery.PORTS)) {
            return request;
        }
        if (visible || address == TunnelAddress.port) {
            throw refused(client.server() + " has no ports for tunnels.");
        }
        return new TunnelRequest(
                request.endpoint(),
                request.name(),
                request.label(),
                request.expiresAt(),
                request.hostHeader(),
                null,
                null,
                request.metadata(),
                request.connector(),
                request.quick());
    }

    private static ProblemException refused(String detail) {
        return new ProblemException(new Problem("/problems/no-ports", "Not on this server", 400, detail, "address"));
    }
}
