package dev.porthole.core.agent;

import dev.porthole.core.Link;
import dev.porthole.core.proxy.LocalProxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * An agent at work, from one connect to its disconnect: the threads that keep its lease and its sessions, and what they
 * find. Safe from any thread; {@link #stop} alone waits.
 */
final class AgentRun implements Supervisor.Listener, Heartbeater.Listener {
    private static final Duration STOP_WITHIN = Duration.ofMillis(900);

    /**
     * What is there before, and stays.
     *
     * @param wake rung when whatever waits to dial should do it now
     * @param renewed rung when someone signed in again
     */
    record Surroundings(
            String instance,
            AgentConfig config,
            AgentControl control,
            ConnectTokenStore store,
            AgentTime time,
            RandomGenerator random,
            Dialer dialer,
            LocalProxy proxy,
            DesiredTunnels desired,
            Registration registration,
            LiveSessions sessions,
            Bell wake,
            Bell renewed) {}

    private final Surroundings here;
    private final AgentLimits limits;
    private final LiveSessions sessions;
    private final Registration registration;
    private final Consumer<AgentRun> gone;
    private final List<Thread> threads;
    private final Bell reachable = new Bell();
    private volatile boolean stopped;

    /** @param gone told when the project is gone: nothing is left to do here */
    AgentRun(Surroundings here, Consumer<AgentRun> gone) {
        this.here = here;
        this.limits = here.config().limits();
        this.sessions = here.sessions();
        this.registration = here.registration();
        this.gone = gone;
        SessionOpener opener = new SessionOpener(
                here.dialer(),
                here.config(),
                here.instance(),
                here.proxy(),
                () -> here.desired().snapshot().tunnels(),
                sessions,
                here.time());
        ReconnectPolicy policy = new ReconnectPolicy(here.time(), here.random(), limits.stable());
        Redialler redialler = new Redialler(
                opener,
                here.control(),
                here.store(),
                policy,
                here.time(),
                here.wake(),
                here.renewed(),
                sessions::anyUp,
                this);
        Heartbeater heartbeater = new Heartbeater(
                here.control(),
                here.instance(),
                here.config().agentVersion(),
                here.desired(),
                here.time(),
                here.random(),
                here.renewed(),
                reachable,
                this);
        List<Thread> all = new ArrayList<>();
        for (int number = 0; number < here.config().sessions(); number++) {
            all.add(Thread.ofVirtual()
                    .name("porthole-session-" + number)
                    .unstarted(new Supervisor(redialler, here.time(), limits.drain(), this)));
        }
        all.add(Thread.ofVirtual().name("porthole-heartbeat").unstarted(heartbeater));
        threads = List.copyOf(all);
    }

    void start() {
        sessions.without(new Link.Connecting());
        threads.forEach(Thread::start);
    }

    /** Tells edges and the control plane, lets what runs finish for {@link AgentLimits#leave}, and ends it. */
    void stop() {
        stopped = true;
        threads.forEach(Thread::interrupt);
        Thread leaving = Thread.ofVirtual().name("porthole-leave").start(this::leave);
        sessions.retireAll("The agent stops.", limits.leave());
        sessions.without(new Link.Idle());
        joinAll(leaving);
        // A dial that came through while its thread was told to stop.
        sessions.closeAll();
    }

    /** Ends what runs without waiting for it. */
    void end() {
        stopped = true;
        threads.forEach(Thread::interrupt);
        sessions.closeAll();
        sessions.without(new Link.Idle());
    }

    private void leave() {
        try {
            here.control().leave(here.instance());
        } catch (ControlException | InterruptedException unheard) {
            // The lease runs out by itself.
            return;
        }
    }

    private void joinAll(Thread leaving) {
        long deadline = System.nanoTime() + STOP_WITHIN.minus(limits.leave()).toNanos();
        try {
            for (Thread thread : threads) {
                thread.join(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
            }
            leaving.join(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
        leaving.interrupt();
    }

    @Override
    public void up(Session session) {
        if (stopped) {
            session.close();
        } else {
            sessions.add(session);
            reachable.ring();
        }
    }

    @Override
    public void without(Link state) {
        if (!stopped) {
            sessions.without(state);
        }
    }

    @Override
    public void beat(long generation) {
        registration.beaten(generation);
        sessions.reconcile(true);
    }

    @Override
    public void gone(ControlException cause) {
        gone.accept(this);
        registration.fail(cause);
    }

    @Override
    public void signInNeeded(ControlException cause) {
        registration.fail(cause);
    }
}
