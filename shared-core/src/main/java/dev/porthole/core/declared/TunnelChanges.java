package dev.porthole.core.declared;

import dev.porthole.core.Porthole;
import dev.porthole.core.PortholeException;
import dev.porthole.core.PortholeException.Kind;
import dev.porthole.core.TunnelState;
import dev.porthole.core.api.Endpoint.Scheme;
import dev.porthole.core.api.HostHeader;
import dev.porthole.core.api.Tunnel;
import dev.porthole.core.api.TunnelAddress;
import dev.porthole.core.proxy.EndpointCertificate;
import dev.porthole.core.proxy.EndpointTimeout;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One edit of a tunnel that runs: asks for just what is another. Who takes a line out of the file takes back what it
 * said; a label and an address stay, since nobody knows what they were before. One thread, which may be interrupted.
 */
final class TunnelChanges {
    private final Porthole porthole;
    private final String id;
    private final DeclaredTunnel before;
    private final DeclaredTunnel after;
    private final InstantSource clock;
    private final List<String> what = new ArrayList<>();
    private @Nullable Tunnel last;

    TunnelChanges(Porthole porthole, String id, DeclaredTunnel before, DeclaredTunnel after, InstantSource clock) {
        this.porthole = porthole;
        this.id = id;
        this.before = before;
        this.after = after;
        this.clock = clock;
    }

    /** What was applied, in the file's words. */
    List<String> what() {
        return List.copyOf(what);
    }

    /** Applies it; the tunnel as it is afterwards, if anything was another. */
    Optional<Tunnel> apply() throws PortholeException {
        boolean moved = !before.endpoint().equals(after.endpoint());
        // Before the first request reaches the endpoint.
        choose(moved);
        boolean labelled = after.label() != null && !Objects.equals(before.label(), after.label());
        if (moved || labelled) {
            last = porthole.update(id, labelled ? after.label() : null, moved ? after.endpoint() : null)
                    .tunnel();
            note(moved, "endpoint");
            note(labelled, "label");
        }
        if (!Objects.equals(before.hostHeader(), after.hostHeader())) {
            HostHeader shown = Objects.requireNonNullElse(after.hostHeader(), HostHeader.visitor());
            last = porthole.show(id, shown).tunnel();
            note(true, "host-header");
        }
        reach();
        if (!Objects.equals(before.expires(), after.expires())) {
            Expiry expires = after.expires();
            last = porthole.expire(id, expires == null ? null : expires.from(clock.instant()))
                    .tunnel();
            note(true, "expires");
        }
        note(after.name() != null && !Objects.equals(before.name(), after.name()), "name");
        note(!Objects.equals(before.gitHubApp(), after.gitHubApp()), "github-app");
        if (what.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(last == null ? known() : last);
    }

    private void reach() throws PortholeException {
        boolean seen = Boolean.TRUE.equals(after.visibleInNetwork());
        boolean sight = seen != Boolean.TRUE.equals(before.visibleInNetwork());
        TunnelAddress address = after.reached();
        boolean another = address != null && address != before.reached();
        if (sight || another) {
            boolean tcp = after.endpoint().scheme() == Scheme.TCP;
            TunnelAddress otherwise =
                    tcp || before.address() == TunnelAddress.port ? TunnelAddress.port : TunnelAddress.name;
            last = porthole.reach(id, Objects.requireNonNullElse(address, otherwise), seen)
                    .tunnel();
            note(another, "address");
            note(sight, "visible-in-network");
        }
    }

    private void choose(boolean moved) throws PortholeException {
        if (after.endpoint().scheme() == Scheme.HTTPS
                && (moved ? after.certificate() != null : !Objects.equals(before.certificate(), after.certificate()))) {
            porthole.allowCertificate(
                    after.endpoint(),
                    Objects.requireNonNullElseGet(after.certificate(), EndpointCertificate.Verified::new));
            note(true, "certificate");
        }
        boolean answers =
                after.endpoint().scheme() != Scheme.TCP && !after.endpoint().isFolder();
        if (answers && (moved ? after.timeout() != null : !Objects.equals(before.timeout(), after.timeout()))) {
            porthole.allowTimeout(after.endpoint(), Objects.requireNonNullElse(after.timeout(), EndpointTimeout.USUAL));
            note(true, "timeout");
        }
    }

    private Tunnel known() throws PortholeException {
        return porthole.tunnels().get().stream()
                .map(TunnelState::tunnel)
                .filter(tunnel -> tunnel.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new PortholeException(Kind.NOT_FOUND, "The tunnel " + id + " is gone."));
    }

    private void note(boolean applied, String word) {
        if (applied) {
            what.add(word);
        }
    }
}
