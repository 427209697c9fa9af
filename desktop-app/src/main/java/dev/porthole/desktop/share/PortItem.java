package dev.porthole.desktop.share;

import dev.porthole.core.OwnUrl;
import dev.porthole.core.TunnelState;
import dev.porthole.core.api.Endpoint;
import dev.porthole.core.api.Endpoint.Scheme;
import dev.porthole.core.discovery.ListeningPort;
import dev.porthole.core.discovery.ProgramKind;
import dev.porthole.desktop.ui.PlainText;
import dev.porthole.desktop.ui.Spans;
import dev.porthole.desktop.ui.Texts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A listening port as its row shows it.
 *
 * @param title the project, or the best that is known
 * @param details what it looks like, its process, its age
 * @param command the program's command line, for a details view; empty if the system does not tell
 * @param gone whether it is shared and nothing listens there now; what was known of it stays
 * @param tunnel the tunnel that shares it now, or is about to
 * @param ownUrl the public address that it has by other means, while no tunnel shares it
 */
record PortItem(
        Endpoint endpoint,
        String title,
        String details,
        String command,
        ProgramKind kind,
        boolean system,
        boolean gone,
        Optional<TunnelState> tunnel,
        Optional<OwnUrl> ownUrl) {
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
        return new PortItem(
                endpoint,
                title,
                String.join(" · ", words),
                PlainText.of(port.command()),
                port.kind(),
                port.system(),
                false,
                tunnelOf(port.port(), tunnels),
                Optional.empty());
    }

    /**
     * A shared port whose program is gone.
     *
     * @param before the program that listened there last; null if none was seen
     */
    static PortItem gone(TunnelState tunnel, @Nullable ListeningPort before) {
        Endpoint endpoint = tunnel.tunnel().endpoint();
        List<String> words = new ArrayList<>();
        if (before != null) {
            addIfKnown(words, before.projectName());
            addIfKnown(words, before.guess());
            addIfKnown(words, before.process());
        }
        String title = words.isEmpty() ? PlainText.of(tunnel.tunnel().label()) : words.removeFirst();
        return new PortItem(
                endpoint,
                title,
                String.join(" · ", words),
                before == null ? "" : PlainText.of(before.command()),
                before == null ? ProgramKind.UNKNOWN : before.kind(),
                false,
                true,
                Optional.of(tunnel),
                Optional.empty());
    }

    /** The same with the address that its endpoint has by other means, which counts unless a tunnel shares it. */
    PortItem at(Optional<OwnUrl> own) {
        return own.isEmpty() || tunnel.isPresent()
                ? this
                : new PortItem(endpoint, title, details, command, kind, system, gone, tunnel, own);
    }

    /** Where it is reached from outside; empty if it is not. */
    String url() {
        return tunnel.map(state -> state.tunnel().url())
                .or(() -> ownUrl.map(own -> own.url().toString()))
                .orElse("");
    }

    int port() {
        return endpoint.port();
    }

    boolean overTcp() {
        return endpoint.scheme() == Scheme.TCP;
    }

    private static Optional<TunnelState> tunnelOf(int port, List<TunnelState> tunnels) {
        return tunnels.stream()
                .filter(PortItem::sharesAPort)
                .filter(state -> state.tunnel().endpoint().port() == port)
                .findFirst();
    }

    /** Whether a tunnel shares a port of this computer now. */
    static boolean sharesAPort(TunnelState state) {
        Endpoint shared = state.tunnel().endpoint();
        return state.here() && state.phase() != TunnelState.Phase.STOPPED && shared.isLoopback() && shared.port() > 0;
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
