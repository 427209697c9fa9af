package dev.porthole.server.control;

import java.net.InetAddress;
import java.util.function.Predicate;

/**
 * What projects, people and callers may take of the control plane. A limit that is off is {@link Integer#MAX_VALUE}.
 *
 * @param callsPerCredential in a minute
 * @param callsPerAddress in a minute
 * @param counted which addresses have a limit
 */
public record ControlLimits(
        int tunnelsPerProject,
        int tunnelsPerUser,
        int keysPerProject,
        int connectorsPerProject,
        int callsPerCredential,
        int callsPerAddress,
        Predicate<InetAddress> counted) {
    /** Without any. */
    public static final ControlLimits NONE = new ControlLimits(
            Integer.MAX_VALUE,
            Integer.MAX_VALUE,
            Integer.MAX_VALUE,
            Integer.MAX_VALUE,
            Integer.MAX_VALUE,
            Integer.MAX_VALUE,
            address -> false);
}
