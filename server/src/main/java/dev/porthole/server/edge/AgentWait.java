package dev.porthole.server.edge;

import dev.porthole.server.relay.AgentSession;
import dev.porthole.server.relay.Sessions;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Waits for an agent that may be about to return. Event loop only. */
final class AgentWait {
    private final Consumer<AgentSession> returned;
    private final Runnable stayedAway;
    private final Future<?> limit;
    private final Runnable unsubscribe;

    /** Begins to wait; one of {@code returned} and {@code stayedAway} is called once, later, unless {@link #cancel}. */
    AgentWait(
            Sessions sessions,
            String tunnel,
            EventLoop loop,
            Duration atMost,
            Consumer<AgentSession> returned,
            Runnable stayedAway) {
        this.returned = returned;
        this.stayedAway = stayedAway;
        this.limit = loop.schedule(this::tooLong, atMost.toNanos(), TimeUnit.NANOSECONDS);
        this.unsubscribe = sessions.await(tunnel, this::carried);
    }

    private void carried(AgentSession session) {
        limit.cancel(false);
        returned.accept(session);
    }

    private void tooLong() {
        unsubscribe.run();
        stayedAway.run();
    }

    void cancel() {
        unsubscribe.run();
        limit.cancel(false);
    }
}
