package dev.porthole.core.agent;

import dev.porthole.core.api.Heartbeat;
import dev.porthole.core.api.Lease;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;

/**
 * Keeps the lease of this instance: beats twice a lease, at once when what is carried changed, and slower while the
 * control plane does not answer. One virtual thread runs it; an interrupt ends it.
 */
final class Heartbeater implements Runnable {
    /** What a heartbeater tells, on its own thread. */
    interface Listener {
        /** The control plane knows what was desired at this generation. */
        void beat(long generation);

        /** The project or the connector is no more: the heartbeater ended. */
        void gone(ControlException cause);

        /** The sign-in is over: the heartbeater waits for a new one. */
        void signInNeeded(ControlException cause);
    }

    private static final Duration USUAL = Duration.ofSeconds(15);
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final double JITTER = 0.2;

    private final AgentControl control;
    private final String instance;
    private final String agentVersion;
    private final DesiredTunnels desired;
    private final AgentTime time;
    private final RandomGenerator random;
    private final Backoff backoff;
    private final Bell renewed;
    private final Bell reachable;
    private final Listener listener;

    /** {@code reachable} rings when there is other news of the server: then a back-off is over. */
    Heartbeater(
            AgentControl control,
            String instance,
            String agentVersion,
            DesiredTunnels desired,
            AgentTime time,
            RandomGenerator random,
            Bell renewed,
            Bell reachable,
            Listener listener) {
        this.control = control;
        this.instance = instance;
        this.agentVersion = agentVersion;
        this.desired = desired;
        this.time = time;
        this.random = random;
        this.backoff = new Backoff(Duration.ofSeconds(2), Duration.ofSeconds(30), random);
        this.renewed = renewed;
        this.reachable = reachable;
        this.listener = listener;
    }

    @Override
    public void run() {
        try {
            while (true) {
                beat();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (ControlException gone) {
            listener.gone(gone);
        }
    }

    private void beat() throws InterruptedException, ControlException {
        CompletableFuture<Void> signedIn = renewed.next();
        CompletableFuture<Void> changed = desired.changes().next();
        CompletableFuture<Void> heard = reachable.next();
        DesiredTunnels.Snapshot now = desired.snapshot();
        try {
            Lease lease = control.heartbeat(
                    instance,
                    new Heartbeat(agentVersion, now.tunnels().stream().sorted().toList()));
            backoff.reset();
            listener.beat(now.generation());
            Bell.await(changed, time, jittered(interval(lease)));
        } catch (ControlException failed) {
            switch (failed.reason()) {
                case ControlException.Reason.Unauthorized _ -> {
                    listener.signInNeeded(failed);
                    Bell.awaitEither(signedIn);
                }
                case ControlException.Reason.Gone _ -> throw failed;
                case ControlException.Reason.Refused _ -> Bell.await(changed, time, backoff.next());
                case ControlException.Reason.Unreachable _ ->
                    Bell.await(CompletableFuture.anyOf(changed, heard), time, backoff.next());
            }
        }
    }

    /** Half a lease: one beat may be lost. Both times are the server's, so that its clock may be wrong. */
    private static Duration interval(Lease lease) {
        Duration half = Duration.between(lease.serverTime(), lease.expiresAt()).dividedBy(2);
        if (half.compareTo(USUAL) > 0) {
            return USUAL;
        }
        return half.compareTo(SHORTEST) < 0 ? SHORTEST : half;
    }

    private Duration jittered(Duration interval) {
        double factor = 1 + JITTER * (2 * random.nextDouble() - 1);
        return Duration.ofNanos((long) (interval.toNanos() * factor));
    }
}
