package dev.porthole.server.control;

import dev.porthole.core.api.Condition;
import dev.porthole.server.relay.ProbeResult;
import dev.porthole.server.store.StoredTunnel;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a tunnel's conditions say, given what is known of it. */
final class Conditions {
    private Conditions() {}

    /**
     * The tunnel with the conditions that hold now; a condition keeps its time while its status stays.
     *
     * @param proof what the last probe since the route went live found; absent before the first
     */
    static StoredTunnel settle(
            StoredTunnel tunnel, LiveState.Carriage carriage, @Nullable ProbeResult proof, Instant now) {
        Condition programmed = programmed(tunnel, carriage, now);
        Condition ready = programmed.holds()
                ? ready(tunnel, proof, now)
                : new Condition(
                        Condition.Type.Ready, Condition.Status.False, programmed.reason(), programmed.message(), now);
        return tunnel.conditioned(List.of(
                kept(tunnel, new Condition(Condition.Type.Accepted, Condition.Status.True, "Accepted", "", now)),
                kept(tunnel, programmed),
                kept(tunnel, ready)));
    }

    /** Whether a condition says that its tunnel has a route and a live session. */
    static boolean programmed(StoredTunnel tunnel) {
        return tunnel.conditions().stream()
                .anyMatch(condition -> condition.type() == Condition.Type.Programmed && condition.holds());
    }

    private static Condition programmed(StoredTunnel tunnel, LiveState.Carriage carriage, Instant now) {
        if (!tunnel.enabled()) {
            return not(Condition.Type.Programmed, "Disabled", "The tunnel is turned off.", now);
        }
        return switch (carriage) {
            case LIVE -> new Condition(Condition.Type.Programmed, Condition.Status.True, "Programmed", "", now);
            case LEASE_EXPIRED ->
                not(Condition.Type.Programmed, "LeaseExpired", "The agent has not been heard of for too long.", now);
            case NO_SESSION ->
                not(Condition.Type.Programmed, "NoSession", "No agent is connected for this tunnel.", now);
        };
    }

    private static Condition ready(StoredTunnel tunnel, @Nullable ProbeResult proof, Instant now) {
        return switch (proof) {
            case null ->
                new Condition(
                        Condition.Type.Ready,
                        Condition.Status.Unknown,
                        "Probing",
                        "A request is on its way through the tunnel.",
                        now);
            case ProbeResult.Answered answered ->
                new Condition(Condition.Type.Ready, Condition.Status.True, "Answering", "", now);
            case ProbeResult.EndpointRefused _
            when tunnel.endpoint().isFolder() ->
                not(Condition.Type.Ready, "EndpointGone", "The shared folder is not there any more.", now);
            case ProbeResult.EndpointRefused refused ->
                not(Condition.Type.Ready, "EndpointRefused", refused.detail(), now);
            case ProbeResult.PortTaken taken ->
                not(
                        Condition.Type.Ready,
                        "PortTaken",
                        "Port " + taken.port() + ", the tunnel's own, is taken by " + taken.by()
                                + ". Stop that, or make another tunnel.",
                        now);
            case ProbeResult.NotAnswered not -> not(Condition.Type.Ready, "NotAnswering", not.reason(), now);
        };
    }

    private static Condition not(Condition.Type type, String reason, String message, Instant now) {
        return new Condition(type, Condition.Status.False, reason, message, now);
    }

    private static Condition kept(StoredTunnel tunnel, Condition fresh) {
        return tunnel.conditions().stream()
                .filter(old -> old.type() == fresh.type() && old.status() == fresh.status())
                .findFirst()
                .map(old -> new Condition(fresh.type(), fresh.status(), fresh.reason(), fresh.message(), old.since()))
                .orElse(fresh);
    }
}
