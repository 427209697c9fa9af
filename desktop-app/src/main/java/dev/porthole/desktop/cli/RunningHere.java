package dev.porthole.desktop.cli;

import dev.porthole.core.ConnectorInfo;
import dev.porthole.core.Porthole;
import dev.porthole.core.PortholeException;
import dev.porthole.core.TunnelState;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What this computer carries, in whichever of its programs: what signing out and changing over stop. */
final class RunningHere {
    private RunningHere() {}

    /** The labels of the active project's tunnels that are on here; none where the server does not say. */
    static List<String> labels(Porthole porthole) {
        List<TunnelState> here =
                porthole.tunnels().get().stream().filter(TunnelState::here).toList();
        try {
            if (here.isEmpty() && porthole.confirmProject().isPresent()) {
                Set<String> carried = porthole.connectors().list().stream()
                        .filter(ConnectorInfo::here)
                        .filter(info -> info.connector().online())
                        .map(info -> info.connector().id())
                        .collect(Collectors.toSet());
                here = porthole.listTunnels().stream()
                        .filter(state ->
                                carried.contains(String.valueOf(state.tunnel().connector())))
                        .toList();
            }
        } catch (PortholeException silent) {
            // Whoever cannot ask may still sign out.
            return List.of();
        }
        return here.stream()
                .map(TunnelState::tunnel)
                .filter(tunnel -> tunnel.enabled())
                .map(tunnel -> tunnel.label())
                .toList();
    }
}
