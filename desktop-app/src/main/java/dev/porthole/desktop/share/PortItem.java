package dev.porthole.desktop.share;

import dev.porthole.core.TunnelState;
import dev.porthole.core.api.Endpoint;
import dev.porthole.core.api.Endpoint.Scheme;
import dev.porthole.core.discovery.ListeningPort;
import dev.porthole.desktop.ui.PlainText;
import dev.porthole.desktop.ui.Spans;
import dev.porthole.desktop.ui.Texts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A listening port as its row shows it.
 *
 * @param title the project, or the best that is known
 * @param details what it looks like, its process, its age
 * @param tunnel the tunnel that shares it now, or is about to
 */
record PortItem(Endpoint endpoint, String title, String details, boolean system, Optional<TunnelState> tunnel) {
    // Services that don't speak HTTP, by the port that their registration gives them.
    private static final Set<Integer> TCP_PORTS =
            Set.of(22, 25, 1433, 1521, 3306, 5432, 5672, 6379, 9092, 11211, 27017);

    static PortItem of(ListeningPort port, List<TunnelState> tunnels, Instant now) {
        Scheme scheme = TCP_PORTS.contains(port.port()) ? Scheme.TCP : Scheme.HTTP;
        Endpoint endpoint = new Endpoint(scheme, "localhost", port.port());
        List<String> words = new ArrayList<>();
        addIfKnown(words, port.projectName());
        addIfKnown(words, port.guess());
        addIfKnown(words, port.process());
        String title = words.isEmpty() ? Texts.text("share.unknown") : words.removeFirst();
        if (port.startedAt() != null) {
            words.add(Spans.started(Duration.between(port.startedAt(), now)));
        }
        return new PortItem(endpoint, title, String.join(" · ", words), port.system(), tunnelOf(port.port(), tunnels));
    }

    int port() {
        return endpoint.port();
    }

    boolean overTcp() {
        return endpoint.scheme() == Scheme.TCP;
    }

    /** The letter of its tile. */
    String letter() {
        if (title.equals(Texts.text("share.unknown"))) {
            return "?";
        }
        return Character.toString(title.codePointAt(0)).toUpperCase(Locale.ROOT);
    }

    private static Optional<TunnelState> tunnelOf(int port, List<TunnelState> tunnels) {
        return tunnels.stream()
                .filter(state -> state.here() && state.phase() != TunnelState.Phase.STOPPED)
                .filter(state -> {
                    Endpoint shared = state.tunnel().endpoint();
                    return shared.isLoopback() && shared.port() == port;
                })
                .findFirst();
    }

    private static void addIfKnown(List<String> words, @Nullable String word) {
        if (word != null) {
            String plain = PlainText.of(word);
            if (!plain.isEmpty() && words.stream().noneMatch(plain::equalsIgnoreCase)) {
                words.add(plain);
            }
        }
    }
}
