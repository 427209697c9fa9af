package dev.porthole.core.declared;

import dev.porthole.core.Porthole;
import dev.porthole.core.PortholeException;
import dev.porthole.core.PortholeException.Kind;
import dev.porthole.core.ShareProgress;
import dev.porthole.core.TunnelState;
import dev.porthole.core.api.Endpoint;
import dev.porthole.core.api.Tunnel;
import dev.porthole.core.proxy.EndpointCertificate;
import dev.porthole.core.proxy.EndpointTimeout;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes one declared tunnel so, and keeps it so over edits. The tunnel is found by its endpoint, in the session's
 * project; it is never renamed.
 *
 * <p>Calls are made by one thread and return at once; {@link #stop} alone waits. News come from threads of the keeper's
 * own, perhaps two at a time.
 */
public final class TunnelKeeper {
    private static final Duration GIVING_UP = Duration.ofSeconds(5);

    private final Porthole porthole;
    private final InstantSource clock;
    private final Consumer<? super KeeperNews> news;
    private final ExecutorService turns = Executors.newSingleThreadExecutor(
            Thread.ofVirtual().name("keep-", 0).factory());
    private volatile DeclaredTunnel wanted;
    private volatile CompletableFuture<Optional<String>> accepted = new CompletableFuture<>();
    private volatile @Nullable Thread sharing;
    private volatile boolean over;
    private volatile boolean off;

    public TunnelKeeper(
            Porthole porthole, DeclaredTunnel wanted, InstantSource clock, Consumer<? super KeeperNews> news) {
        this.porthole = porthole;
        this.wanted = wanted;
        this.clock = clock;
        this.news = news;
    }

    /** What it makes so: the last that could be applied. */
    public DeclaredTunnel wanted() {
        return wanted;
    }

    /** Whether it runs nothing: the share failed, or someone turned the tunnel off. */
    public boolean isOff() {
        return off;
    }

    /** Someone else turned the tunnel off, or deleted it: it stays so until the next edit of it. */
    public void wasTurnedOff() {
        off = true;
    }

    /** Shares it. */
    public void start() {
        share(wanted);
    }

    /** Applies an edit to what it changes; shares it again if nothing runs. */
    public void change(DeclaredTunnel next) {
        turns.execute(() -> {
            try {
                Optional<String> id = off ? Optional.empty() : accepted.get();
                if (id.isEmpty()) {
                    wanted = next;
                    share(next);
                } else {
                    apply(id.get(), next);
                }
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            } catch (ExecutionException impossible) {
                throw new IllegalStateException(impossible);
            }
        });
    }

    /** Gives up what is under way, without waiting: for a process that ends. */
    public void abandon() {
        over = true;
        turns.shutdownNow();
        Thread running = sharing;
        if (running != null) {
            running.interrupt();
        }
    }

    /** Waits until what {@link #abandon} gave up has ended, some seconds at most. */
    public void join() throws InterruptedException {
        Thread running = sharing;
        if (running != null) {
            boolean _ = running.join(GIVING_UP);
        }
    }

    /** Turns the tunnel off and keeps it. Blocks until it is done. */
    public void stop() throws PortholeException {
        abandon();
        try {
            join();
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
        Optional<String> id = accepted.getNow(Optional.empty());
        if (id.isPresent() && !off) {
            porthole.stop(id.get());
        }
    }

    private void share(DeclaredTunnel tunnel) {
        off = false;
        CompletableFuture<Optional<String>> known = new CompletableFuture<>();
        accepted = known;
        Thread thread = Thread.ofVirtual().name("share-" + tunnel.key()).unstarted(() -> share(tunnel, known));
        sharing = thread;
        thread.start();
    }

    private void share(DeclaredTunnel tunnel, CompletableFuture<Optional<String>> known) {
        try {
            prepare(tunnel);
            TunnelState state = porthole.share(tunnel.request(clock.instant()), step -> progress(step, tunnel, known));
            created(state.tunnel(), known);
            tell(new KeeperNews.Ready(state.tunnel()));
        } catch (PortholeException refused) {
            failed(refused, known);
        } catch (RuntimeException defect) {
            failed(new PortholeException(Kind.FAILED, "Sharing broke off: " + defect, defect), known);
        }
    }

    private void failed(PortholeException why, CompletableFuture<Optional<String>> known) {
        off = true;
        known.complete(Optional.empty());
        tell(new KeeperNews.Failed(why));
    }

    /** What has to be so before the share, and what the share does not do to a tunnel that is there. */
    private void prepare(DeclaredTunnel tunnel) throws PortholeException {
        choose(tunnel);
        List<Tunnel> there =
                porthole.listTunnels().stream().map(TunnelState::tunnel).toList();
        Optional<Tunnel> same = of(there, tunnel.endpoint());
        if (same.isPresent()) {
            Tunnel found = same.get();
            noteName(tunnel, found);
            String label = tunnel.label();
            if (label != null && !label.equals(found.label())) {
                TunnelState _ = porthole.update(found.id(), label, null);
            }
            if (tunnel.expires() != null) {
                TunnelState _ = porthole.expire(found.id(), tunnel.expires().from(clock.instant()));
            }
        } else {
            requireNameOfNobodyElse(tunnel, there);
        }
    }

    private void noteName(DeclaredTunnel tunnel, Tunnel found) {
        String name = tunnel.name();
        if (name != null && !name.equals(found.name())) {
            tell(new KeeperNews.Noted("the tunnel of " + found.endpoint() + " is named " + found.name()
                    + " and stays so, not " + name + ": names never change by themselves. To get the other name, run"
                    + " porthole tunnel delete " + found.id() + " first."));
        }
    }

    private static void requireNameOfNobodyElse(DeclaredTunnel tunnel, List<Tunnel> there) throws PortholeException {
        String name = tunnel.name();
        Optional<Tunnel> other =
                there.stream().filter(one -> one.name().equals(name)).findFirst();
        if (other.isPresent()) {
            throw new PortholeException(
                    Kind.FAILED,
                    "name: " + name + " is the name of this project's tunnel of "
                            + other.get().endpoint() + " (expected: a name of its own). To let that tunnel serve "
                            + tunnel.endpoint() + " and keep its address, run porthole tunnel update "
                            + other.get().id() + " --endpoint " + tunnel.endpoint());
        }
    }

    private void choose(DeclaredTunnel tunnel) throws PortholeException {
        EndpointCertificate certificate = tunnel.certificate();
        if (certificate != null) {
            porthole.allowCertificate(tunnel.endpoint(), certificate);
        }
        EndpointTimeout timeout = tunnel.timeout();
        if (timeout != null) {
            porthole.allowTimeout(tunnel.endpoint(), timeout);
        }
    }

    private void progress(ShareProgress step, DeclaredTunnel tunnel, CompletableFuture<Optional<String>> known) {
        if (step.url() != null && !known.isDone()) {
            of(porthole.tunnels().get().stream().map(TunnelState::tunnel).toList(), tunnel.endpoint())
                    .ifPresent(found -> created(found, known));
        }
        tell(new KeeperNews.Step(step));
    }

    private void created(Tunnel tunnel, CompletableFuture<Optional<String>> known) {
        if (known.complete(Optional.of(tunnel.id()))) {
            tell(new KeeperNews.Created(tunnel));
        }
    }

    private void apply(String id, DeclaredTunnel next) {
        try {
            TunnelChanges changes = new TunnelChanges(porthole, id, wanted, next, clock);
            Optional<Tunnel> changed = changes.apply();
            wanted = next;
            changed.ifPresent(tunnel -> {
                if (changes.what().contains("name")) {
                    noteName(next, tunnel);
                }
                tell(new KeeperNews.Changed(tunnel, changes.what()));
            });
        } catch (PortholeException refused) {
            tell(new KeeperNews.EditFailed(refused));
        }
    }

    private static Optional<Tunnel> of(List<Tunnel> tunnels, Endpoint endpoint) {
        return tunnels.stream()
                .filter(tunnel -> tunnel.endpoint().equals(endpoint))
                .findFirst();
    }

    private void tell(KeeperNews what) {
        if (!over) {
            news.accept(what);
        }
    }
}
