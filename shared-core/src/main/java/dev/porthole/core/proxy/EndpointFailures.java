package dev.porthole.core.proxy;

import dev.porthole.core.wire.PortholeError;
import io.netty.channel.ConnectTimeoutException;

/** Why an endpoint gave no connection, in the wire's words. */
final class EndpointFailures {
    private EndpointFailures() {}

    static PortholeError errorOf(Throwable cause) {
        return switch (cause) {
            case ForbiddenAddressException _ -> PortholeError.ACCESS_DENIED;
            case ConnectTimeoutException _ -> PortholeError.ENDPOINT_TIMEOUT;
            default -> PortholeError.ENDPOINT_REFUSED;
        };
    }
}
