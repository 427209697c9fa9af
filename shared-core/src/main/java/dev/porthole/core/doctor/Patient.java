package dev.porthole.core.doctor;

import dev.porthole.core.Link;
import dev.porthole.core.TunnelState;
import dev.porthole.core.api.ServerAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is looked at, as it is when the doctor comes.
 *
 * @param server the one that is signed in at, or chosen; null for none
 * @param carried the tunnels that this process has on
 * @param keeps whether a sign-in is kept on this computer, which an API key is not
 */
public record Patient(@Nullable ServerAddress server, List<TunnelState> carried, Link link, boolean keeps) {
    public Patient {
        carried = List.copyOf(carried);
    }
}
