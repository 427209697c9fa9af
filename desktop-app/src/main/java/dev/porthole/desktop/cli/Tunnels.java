package dev.porthole.desktop.cli;

import dev.porthole.core.PortholeException;
import dev.porthole.core.PortholeException.Kind;
import dev.porthole.core.TunnelState;
import dev.porthole.core.api.Tunnel;
import java.util.List;
import java.util.function.Predicate;

/** Finds the tunnel that someone means. */
final class Tunnels {
    static final String WHICH = "The tunnel's id, the beginning of it, its name or its label.";
    /** Fewer characters of an id are a slip of the hand rather than a name. */
    private static final int LEAST_OF_ID = 8;

    private Tunnels() {}

    /** The active project's tunnel of this id, name or label, or whose id alone begins so. Asks the server. */
    static TunnelState named(Session session, String given) throws PortholeException {
        session.requireSignIn();
        session.requireProject();
        List<TunnelState> all = session.porthole().listTunnels();
        return only(all, given, tunnel -> tunnel.id().equals(given))
                .or(all, tunnel -> tunnel.name().equalsIgnoreCase(given))
                .or(all, tunnel -> tunnel.label().equals(given))
                .or(all, tunnel -> given.length() >= LEAST_OF_ID && tunnel.id().startsWith(given))
                .orFail();
    }

    /** Its id; what looks like an id and is unknown is the server's to refuse. */
    static String idOf(Session session, String given) throws PortholeException {
        try {
            return named(session, given).tunnel().id();
        } catch (PortholeException unknown) {
            if (unknown.kind() == Kind.NOT_FOUND && given.startsWith("tun_")) {
                return given;
            }
            throw unknown;
        }
    }

    private static Search only(List<TunnelState> all, String given, Predicate<Tunnel> meant) {
        return new Search(given, List.of()).or(all, meant);
    }

    /** What was found so far: the first way to name it that finds something counts. */
    private record Search(String given, List<TunnelState> found) {
        Search or(List<TunnelState> all, Predicate<Tunnel> meant) {
            return found.isEmpty()
                    ? new Search(
                            given,
                            all.stream()
                                    .filter(state -> meant.test(state.tunnel()))
                                    .toList())
                    : this;
        }

        TunnelState orFail() throws PortholeException {
            if (found.size() > 1) {
                throw new PortholeException(
                        Kind.WRONG_USE,
                        "tunnel: " + given + " (expected: the name of one; " + found.size() + " are called so)");
            }
            return found.stream()
                    .findFirst()
                    .orElseThrow(() -> new PortholeException(
                            Kind.NOT_FOUND, "tunnel: " + given + " (expected: one that 'porthole tunnel list' shows)"));
        }
    }
}
