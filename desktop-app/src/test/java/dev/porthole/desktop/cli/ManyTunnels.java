package dev.porthole.desktop.cli;

import dev.porthole.core.PortholeException;
import dev.porthole.core.PortholeException.Kind;
import dev.porthole.core.ShareProgress;
import dev.porthole.core.TunnelState;
import dev.porthole.core.TunnelState.Phase;
import dev.porthole.core.api.Endpoint;
import dev.porthole.core.api.HostHeader;
import dev.porthole.core.api.Project;
import dev.porthole.core.api.Tunnel;
import dev.porthole.core.api.TunnelAddress;
import dev.porthole.core.discovery.ListeningPort;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A core that keeps as many tunnels as it is asked for, one for an endpoint. */
final class ManyTunnels extends FakePorthole {
    /** Why an endpoint can't be shared. */
    final Map<Endpoint, PortholeException> refusals = new ConcurrentHashMap<>();
    /** Endpoints whose share waits for an app until it is interrupted. */
    final Map<Endpoint, CountDownLatch> waiting = new ConcurrentHashMap<>();
    /** What an update of a tunnel is refused with. */
    final Map<String, PortholeException> updates = new ConcurrentHashMap<>();

    final List<ListeningPort> listening = new ArrayList<>();
    /** What happens while the session begins. */
    Runnable meanwhile = () -> {};

    private final Map<String, TunnelState> all = new LinkedHashMap<>();

    ManyTunnels(Path folder) {
        super(folder);
    }

    /** A tunnel that was there before, off. */
    synchronized void has(String id, String name, String label, String endpoint) {
        put(new TunnelState(made(id, name, label, Endpoint.parse(endpoint), false), false, Phase.STOPPED, ""));
    }

    /** Someone else turns a tunnel off. */
    synchronized void turnOffElsewhere(String id) {
        change(id, tunnel -> with(tunnel, tunnel.label(), tunnel.endpoint(), false), Phase.STOPPED);
    }

    synchronized TunnelState state(String id) {
        return Objects.requireNonNull(all.get(id));
    }

    @Override
    public Optional<Project> confirmProject() throws PortholeException {
        meanwhile.run();
        return super.confirmProject();
    }

    @Override
    public synchronized List<TunnelState> listTunnels() throws PortholeException {
        refuse();
        return List.copyOf(all.values());
    }

    @Override
    public TunnelState share(ShareRequest request, Consumer<? super ShareProgress> progress) throws PortholeException {
        refuse();
        Endpoint endpoint = request.endpoint();
        done.add("shared " + endpoint + " label=" + request.label() + " name=" + request.name()
                + (request.expiresAt() == null ? "" : " expires")
                + (request.hostHeader() == null ? "" : " hostHeader=" + request.hostHeader()));
        PortholeException why = refusals.get(endpoint);
        if (why != null) {
            throw why;
        }
        String id = accepted(request);
        progress.accept(new ShareProgress(
                ShareProgress.Stage.ACCEPTED,
                ShareProgress.State.DONE,
                Duration.ofMillis(100),
                null,
                state(id).tunnel().url()));
        CountDownLatch waits = waiting.get(endpoint);
        if (waits != null) {
            progress.accept(new ShareProgress(
                    ShareProgress.Stage.ENDPOINT,
                    ShareProgress.State.WAITING,
                    Duration.ofMillis(200),
                    "Nothing listens on " + endpoint.authority() + ".",
                    null));
            try {
                waits.await();
            } catch (InterruptedException e) {
                done.add("share of " + endpoint + " interrupted");
                throw new PortholeException(Kind.CANCELLED, "The share was cancelled.", e);
            }
        }
        return change(id, tunnel -> tunnel, Phase.READY);
    }

    private synchronized String accepted(ShareRequest request) {
        String id = all.values().stream()
                .map(TunnelState::tunnel)
                .filter(tunnel -> tunnel.endpoint().equals(request.endpoint()))
                .map(Tunnel::id)
                .findFirst()
                .orElse("tun_" + (all.size() + 1));
        if (!all.containsKey(id)) {
            String name = request.name() == null ? "name-" + id.substring(4) : request.name();
            String label = request.label() == null ? "a1b2c3d4e5f6" : request.label();
            put(new TunnelState(made(id, name, label, request.endpoint(), true), true, Phase.STARTING, ""));
        } else {
            change(id, tunnel -> with(tunnel, tunnel.label(), tunnel.endpoint(), true), Phase.STARTING);
        }
        return id;
    }

    @Override
    public synchronized TunnelState update(String id, @Nullable String label, @Nullable Endpoint endpoint)
            throws PortholeException {
        done.add("updated " + id + " label=" + label + (endpoint == null ? "" : " endpoint=" + endpoint));
        PortholeException why = updates.get(id);
        if (why != null) {
            throw why;
        }
        return change(
                id,
                tunnel -> with(
                        tunnel,
                        label == null ? tunnel.label() : label,
                        endpoint == null ? tunnel.endpoint() : endpoint,
                        tunnel.enabled()),
                null);
    }

    @Override
    public synchronized TunnelState show(String id, HostHeader hostHeader) {
        done.add("showed " + id + " " + hostHeader);
        return change(id, tunnel -> tunnel, null);
    }

    @Override
    public synchronized TunnelState reach(String id, TunnelAddress address, boolean visibleInNetwork) {
        done.add("reached " + id + " by " + address + " visible=" + visibleInNetwork);
        return change(id, tunnel -> tunnel, null);
    }

    @Override
    public synchronized TunnelState expire(String id, @Nullable Instant at) {
        done.add("expires " + id + (at == null ? " never" : ""));
        return change(id, tunnel -> tunnel, null);
    }

    @Override
    public void stop(String id) {
        super.stop(id);
        turnOffElsewhere(id);
    }

    @Override
    public synchronized void delete(String id) throws PortholeException {
        super.delete(id);
        all.remove(id);
        tunnels.set(List.copyOf(all.values()));
    }

    @Override
    public List<ListeningPort> listeningPorts() {
        return listening;
    }

    /** Null: the phase stays. */
    private synchronized TunnelState change(String id, UnaryOperator<Tunnel> change, @Nullable Phase phase) {
        TunnelState before = state(id);
        TunnelState after =
                new TunnelState(change.apply(before.tunnel()), true, phase == null ? before.phase() : phase, "");
        put(after);
        return after;
    }

    private synchronized void put(TunnelState state) {
        all.put(state.tunnel().id(), state);
        tunnels.set(List.copyOf(all.values()));
    }

    private static Tunnel made(String id, String name, String label, Endpoint endpoint, boolean enabled) {
        return new Tunnel(
                id,
                WEB.id(),
                name,
                label,
                endpoint,
                HostHeader.visitor(),
                "http://" + name + ".localhost:8080",
                enabled,
                "con_1",
                List.of(),
                1,
                Instant.EPOCH,
                null,
                null);
    }

    private static Tunnel with(Tunnel tunnel, String label, Endpoint endpoint, boolean enabled) {
        return new Tunnel(
                tunnel.id(),
                tunnel.project(),
                tunnel.name(),
                label,
                endpoint,
                tunnel.hostHeader(),
                tunnel.url(),
                enabled,
                tunnel.connector(),
                List.of(),
                tunnel.version() + 1,
                tunnel.createdAt(),
                null,
                null);
    }
}
