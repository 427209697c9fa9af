package dev.porthole.core;

import dev.porthole.core.PortholeException.Kind;
import dev.porthole.core.agent.AgentTime;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the server for the active project on a thread of its own, again and again while there is no answer. */
final class ConfirmInBackground implements AutoCloseable {
    /** What is asked. */
    interface Question {
        Object ask() throws PortholeException;
    }

    private static final Logger LOG = LoggerFactory.getLogger(ConfirmInBackground.class);
    private static final Duration LEAST_BETWEEN_TRIES = Duration.ofSeconds(1);
    private static final Duration MOST_BETWEEN_TRIES = Duration.ofSeconds(30);

    private final Question question;
    private final AgentTime time;
    private @Nullable Thread asking;
    private boolean closed;

    ConfirmInBackground(Question question, AgentTime time) {
        this.question = question;
        this.time = time;
    }

    /** Asks, instead of what it may be asking already. Returns at once. */
    synchronized void start() {
        stop();
        if (!closed) {
            asking = Thread.ofVirtual().name("confirm-project").start(this::run);
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        stop();
    }

    private synchronized void stop() {
        if (asking != null) {
            asking.interrupt();
        }
    }

    private void run() {
        try {
            Duration pause = LEAST_BETWEEN_TRIES;
            while (!answered()) {
                time.after(pause).get();
                Duration twice = pause.multipliedBy(2);
                pause = twice.compareTo(MOST_BETWEEN_TRIES) < 0 ? twice : MOST_BETWEEN_TRIES;
            }
        } catch (InterruptedException | ExecutionException superseded) {
            LOG.trace("no longer asked", superseded);
        }
    }

    /** Whether there is no use in asking again. */
    private boolean answered() {
        try {
            Object confirmed = question.ask();
            LOG.debug("the active project is {}", confirmed);
            return true;
        } catch (PortholeException failed) {
            LOG.debug("the active project is not confirmed: {}", failed.getMessage());
            return failed.kind() != Kind.UNREACHABLE;
        }
    }
}
