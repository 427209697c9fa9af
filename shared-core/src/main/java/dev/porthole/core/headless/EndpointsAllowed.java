package dev.porthole.core.headless;

import dev.porthole.core.api.Endpoint;
import dev.porthole.core.api.InvalidEndpointException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a headless agent's operator lets it dial, whatever the server says (T-W11). A folder is never shared: nobody
 * sits at this computer who could have chosen it.
 *
 * @param addresses hosts with ports, in their normal form; all, if empty
 */
public record EndpointsAllowed(Set<String> addresses) {
    public EndpointsAllowed {
        addresses = Set.copyOf(addresses);
    }

    /**
     * Reads addresses such as {@code localhost:3000}; loopback names are one.
     *
     * @throws InvalidEndpointException if one of them is none
     */
    public static EndpointsAllowed parse(List<String> addresses) {
        return new EndpointsAllowed(addresses.stream()
                .map(Endpoint::parse)
                .map(EndpointsAllowed::address)
                .collect(Collectors.toUnmodifiableSet()));
    }

    /** Why an endpoint may not be dialled; empty if it may. */
    public Optional<String> objection(Endpoint endpoint) {
        if (endpoint.isFolder()) {
            return Optional.of("a folder can be shared only by someone who is signed in on this computer");
        }
        return addresses.isEmpty() || addresses.contains(address(endpoint))
                ? Optional.empty()
                : Optional.of(endpoint.authority() + " is not among those that --allow names");
    }

    private static String address(Endpoint endpoint) {
        return endpoint.isFolder() ? endpoint.toString() : endpoint.authority();
    }
}
