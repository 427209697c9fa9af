package dev.porthole.server.config;

import dev.porthole.server.edge.TrustedProxies;
import java.util.Arrays;
import java.util.List;

/** Networks in one value, with commas between them: {@code 10.0.0.0/8, fd00::/8}. An empty one names none. */
final class NetworkList {
    private NetworkList() {}

    static List<TrustedProxies.Network> parse(String text) {
        return Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .filter(network -> !network.isEmpty())
                .map(TrustedProxies.Network::parse)
                .toList();
    }
}
