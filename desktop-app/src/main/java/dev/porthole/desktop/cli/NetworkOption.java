package dev.porthole.desktop.cli;

import dev.porthole.core.Porthole.ShareRequest;
import dev.porthole.core.api.Endpoint;
import dev.porthole.core.api.HostHeader;
import dev.porthole.core.api.TunnelAddress;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Makes what is shared visible in this computer's network, on purpose and for this tunnel alone. */
final class NetworkOption {
    @Option(
            names = "--lan",
            negatable = true,
            description =
                    "Lets phones and computers of this network in too, by this computer's own address; --no-lan ends that."
                            + " This computer's own server only.")
    private @Nullable Boolean lan;

    /** The request with what was chosen; a tunnel that is to be seen in the network has an address by port. */
    ShareRequest of(
            Endpoint endpoint,
            @Nullable String label,
            @Nullable String name,
            @Nullable HostHeader hostHeader,
            @Nullable TunnelAddress address) {
        TunnelAddress byPort = Boolean.TRUE.equals(lan) && address == null ? TunnelAddress.port : address;
        return new ShareRequest(endpoint, label, name, hostHeader, byPort, lan);
    }
}
