package dev.porthole.desktop.cli;

import dev.porthole.core.Link;
import dev.porthole.core.Porthole;
import dev.porthole.core.PortholeException;
import dev.porthole.core.PortholeException.Kind;
import dev.porthole.core.TunnelState;
import dev.porthole.core.agent.AgentTime;
import dev.porthole.core.declared.Declaration;
import dev.porthole.core.declared.DeclarationEdit;
import dev.porthole.core.declared.DeclarationException;
import dev.porthole.core.declared.DeclarationFile;
import dev.porthole.core.declared.DeclarationProblem;
import dev.porthole.core.declared.DeclarationWatch;
import dev.porthole.core.declared.DeclaredTunnel;
import dev.porthole.core.observe.Subscription;
import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Collectors;

/**
 * Makes what a file declares so, all at once, and keeps it so until someone stops it. News come from several threads
 * and go through one queue; what they lead to is done by one.
 */
final class Up {
    private final Session session;
    private final Interrupts interrupts;
    private final UpReport report;
    private final AgentTime time;
    private final Map<String, String> environment;
    private final BlockingQueue<News> news = new LinkedBlockingQueue<>();
    private final Map<String, UpTunnel> tunnels = new LinkedHashMap<>();
    private Declaration declaration;
    private boolean started;

    Up(Session session, Surroundings surroundings, UpReport report, AgentTime time, Declaration declaration) {
        this.session = session;
        this.interrupts = surroundings.interrupts();
        this.environment = surroundings.environment();
        this.report = report;
        this.time = time;
        this.declaration = declaration;
    }

    /** What the queue carries. */
    private sealed interface News {
        record StopAsked() implements News {}

        record Saved() implements News {}

        record Of(UpTunnel tunnel, Runnable what) implements News {}

        record LinkIs(Link link) implements News {}

        record TunnelsAre(List<TunnelState> tunnels) implements News {}
    }

    /** Shares all and waits for the end. Returns the exit code. */
    int run() throws PortholeException {
        session.stopTunnelsOnClose();
        Porthole porthole = session.porthole();
        try (Subscription _ = interrupts.onFirst(() -> news.add(new News.StopAsked()));
                DeclarationWatch _ =
                        DeclarationWatch.start(declaration.file(), time, () -> news.add(new News.Saved()))) {
            // What was saved while this computer's server started, say, is not told by the watch.
            declaration = readAgain().orElse(declaration);
            declaration.tunnels().forEach(this::add);
            try (Subscription _ = porthole.link().subscribe(link -> news.add(new News.LinkIs(link)));
                    Subscription _ = porthole.tunnels().subscribe(list -> news.add(new News.TunnelsAre(list)))) {
                return follow();
            }
        } catch (IOException unwatchable) {
            throw new PortholeException(
                    Kind.FAILED, declaration.file() + " can't be followed: " + unwatchable.getMessage(), unwatchable);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PortholeException(Kind.CANCELLED, "Interrupted.", e);
        }
    }

    private int follow() throws InterruptedException, PortholeException {
        while (true) {
            switch (news.take()) {
                case News.StopAsked _ -> {
                    return stop();
                }
                case News.Saved _ -> saved();
                case News.Of of -> {
                    // One that is not declared any more says nothing any more.
                    if (tunnels.containsValue(of.tunnel())) {
                        of.what().run();
                    }
                }
                case News.LinkIs link -> tunnels.values().forEach(tunnel -> tunnel.linkIs(link.link()));
                case News.TunnelsAre list -> tunnels.values().forEach(tunnel -> tunnel.tunnelsAre(list.tunnels()));
            }
            if (!started && tunnels.values().stream().allMatch(UpTunnel::isSettled)) {
                started = true;
                report.tell(new UpEvent.Started(
                        tunnels.values().stream().map(UpTunnel::row).toList()));
            }
            if (tunnels.values().stream().allMatch(UpTunnel::isOver)) {
                return nothingLeft();
            }
        }
    }

    private void add(DeclaredTunnel declared) {
        UpTunnel tunnel = new UpTunnel(
                session.porthole(),
                declared,
                report,
                time,
                environment,
                (from, what) -> news.add(new News.Of(from, what)));
        tunnels.put(declared.key(), tunnel);
        tunnel.keeper().start();
    }

    /** The file was saved: what it changes is applied, if it can be read. */
    private void saved() throws InterruptedException {
        Optional<Declaration> next = readAgain();
        if (next.isPresent()) {
            declaration = next.get();
            apply(DeclarationEdit.between(
                    tunnels.values().stream()
                            .map(UpTunnel::asked)
                            .collect(Collectors.toMap(
                                    DeclaredTunnel::key, asked -> asked, (one, _) -> one, LinkedHashMap::new)),
                    declaration));
        }
    }

    /** What the file says now; empty if that can't be, which is told. */
    private Optional<Declaration> readAgain() {
        try {
            Declaration next = DeclarationFile.read(declaration.file());
            if (Objects.equals(next.server(), declaration.server())
                    && Objects.equals(next.project(), declaration.project())) {
                return Optional.of(next);
            }
            refuse(List.of(declaration.file() + ": another server or project (expected: the same while it runs; stop"
                    + " porthole up and start it again)"));
        } catch (DeclarationException broken) {
            refuse(broken.problems().stream().map(DeclarationProblem::toString).toList());
        }
        return Optional.empty();
    }

    private void refuse(List<String> problems) {
        report.tell(new UpEvent.FileRefused(declaration.file().toString(), problems));
    }

    private void apply(DeclarationEdit edit) throws InterruptedException {
        // Off before on: an endpoint may have gone from one to the other.
        remove(edit.removed().stream()
                .map(key -> Objects.requireNonNull(tunnels.get(key)))
                .toList());
        Map<String, UpTunnel> before = Map.copyOf(tunnels);
        tunnels.clear();
        edit.kept()
                .forEach(
                        kept -> tunnels.put(kept.wanted().key(), Objects.requireNonNull(before.get(kept.keyBefore()))));
        edit.kept()
                .forEach(kept ->
                        Objects.requireNonNull(tunnels.get(kept.wanted().key())).edit(kept.wanted(), kept.isSame()));
        edit.added().forEach(this::add);
    }

    /** All at once, since each waits for the server. */
    private void remove(Collection<UpTunnel> removed) throws InterruptedException {
        Map<UpTunnel, Thread> stopping = new LinkedHashMap<>();
        Map<UpTunnel, PortholeException> failed = new java.util.concurrent.ConcurrentHashMap<>();
        for (UpTunnel tunnel : removed) {
            stopping.put(tunnel, Thread.ofVirtual().name("stop").start(() -> {
                try {
                    tunnel.keeper().stop();
                } catch (PortholeException refused) {
                    failed.put(tunnel, refused);
                }
            }));
        }
        for (Map.Entry<UpTunnel, Thread> one : stopping.entrySet()) {
            one.getValue().join();
            PortholeException why = failed.get(one.getKey());
            if (why == null) {
                one.getKey().stopped("not declared any more; the tunnel is off and keeps its address.");
            } else {
                one.getKey().stillOn(why);
            }
        }
    }

    /** Ends the session first, so that "stopped" is true when it is said. */
    private int stop() throws InterruptedException {
        tunnels.values().forEach(tunnel -> tunnel.keeper().abandon());
        for (UpTunnel tunnel : tunnels.values()) {
            tunnel.keeper().join();
        }
        session.close();
        boolean any = tunnels.values().stream().anyMatch(UpTunnel::wasReady);
        tunnels.values().stream()
                .filter(tunnel -> !tunnel.isOver())
                .forEach(tunnel -> tunnel.stopped(
                        tunnel.wasReady()
                                ? "the tunnel is off and keeps its address."
                                : "before the tunnel was ready."));
        return any ? Command.FINE : Kind.CANCELLED.exitCode();
    }

    /** Everything failed, or was turned off elsewhere, such as by {@code porthole down}. */
    private int nothingLeft() throws PortholeException {
        session.close();
        if (tunnels.values().stream().anyMatch(UpTunnel::wasReady)) {
            return Command.FINE;
        }
        List<Kind> kinds = tunnels.values().stream()
                .map(UpTunnel::failure)
                .filter(Objects::nonNull)
                .map(PortholeException::kind)
                .distinct()
                .toList();
        throw new PortholeException(
                kinds.size() == 1 ? kinds.getFirst() : Kind.FAILED, "None of the tunnels could be shared.");
    }
}
