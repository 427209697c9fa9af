package dev.porthole.core.api;

import java.io.IOException;
import java.net.ConnectException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/**
 * A project's changes as they happen, or an external connector's own: connects, and after a break connects again and
 * resumes after the last event that it saw. Ends by itself only when the server says that there is nothing to follow
 * (401, 403, 404).
 *
 * <p>Threads: one virtual thread of its own, on which the listener is called in order.
 */
public final class EventStream implements AutoCloseable {
    /** Told what the stream sees. */
    public interface Listener {
        /**
         * The stream is open, for the first time or again. What came before is to be read by other means now; if that
         * fails, the stream counts as broken.
         */
        void connected() throws ProblemException, IOException, InterruptedException;

        /** Something changed. Events may repeat after a break. */
        void event(ProjectEvent event);

        /** The stream broke; it will be opened again. */
        void interrupted(IOException reason);

        /** The server does not let this project be followed, and the stream has ended. */
        void refused(ProblemException problem);
    }

    /**
     * How long the stream waits between attempts: up to {@code first}, doubling to {@code most}, anything from zero to
     * that (full jitter); never more than {@code refused} while the server's port is closed.
     */
    record BackOff(Duration first, Duration most, Duration refused) {
        static final BackOff DEFAULT =
                new BackOff(Duration.ofSeconds(1), Duration.ofSeconds(30), Duration.ofSeconds(1));
    }

    private static final Logger LOG = LoggerFactory.getLogger(EventStream.class);
    // The server sends a comment every 15 s when nothing happens.
    private static final Duration SILENCE_LIMIT = Duration.ofSeconds(45);

    private final ControlPlaneClient client;
    private final String path;
    private final Listener listener;
    private final BackOff backOff;
    private final Thread thread;
    private String lastEventId = "";
    private Duration first;

    private EventStream(ControlPlaneClient client, @Nullable String project, Listener listener, BackOff backOff) {
        this.client = client;
        this.path = ControlPlaneClient.eventsOf(project);
        this.listener = listener;
        this.backOff = backOff;
        this.first = backOff.first();
        this.thread = Thread.ofVirtual()
                .name("events-" + (project == null ? "own" : project))
                .unstarted(this::run);
    }

    /** Starts to follow a project. */
    public static EventStream open(ControlPlaneClient client, String project, Listener listener) {
        return open(client, project, listener, BackOff.DEFAULT);
    }

    /** Starts to follow what the external connector is to carry whose credential the client shows. */
    public static EventStream ofConnector(ControlPlaneClient client, Listener listener) {
        EventStream stream = new EventStream(client, null, listener, BackOff.DEFAULT);
        stream.thread.start();
        return stream;
    }

    static EventStream open(ControlPlaneClient client, String project, Listener listener, BackOff backOff) {
        EventStream stream = new EventStream(client, project, listener, backOff);
        stream.thread.start();
        return stream;
    }

    /** Ends the stream. A call of the listener that is under way finishes. */
    @Override
    public void close() {
        thread.interrupt();
    }

    private void run() {
        int failures = 0;
        try {
            while (!Thread.currentThread().isInterrupted()) {
                boolean wasOpen = false;
                IOException reason;
                try (ByteQueue bytes = new ByteQueue()) {
                    client.openEvents(path, lastEventId.isEmpty() ? null : lastEventId)
                            .subscribe(bytes);
                    listener.connected();
                    wasOpen = true;
                    read(bytes);
                    reason = new IOException("the server ended the event stream");
                } catch (IOException broken) {
                    reason = broken;
                } catch (ProblemException problem) {
                    if (isFinal(problem.status())) {
                        listener.refused(problem);
                        return;
                    }
                    reason = new IOException(problem.getMessage(), problem);
                }
                failures = wasOpen ? 0 : failures + 1;
                listener.interrupted(reason);
                Thread.sleep(pause(failures, reason));
            }
        } catch (InterruptedException closed) {
            LOG.trace("the event stream {} is closed", path, closed);
        }
    }

    private void read(ByteQueue bytes) throws IOException, InterruptedException {
        ServerSentEventParser parser = new ServerSentEventParser(lastEventId, this::deliver);
        for (List<ByteBuffer> next = bytes.next(SILENCE_LIMIT); next != null; next = bytes.next(SILENCE_LIMIT)) {
            for (ByteBuffer buffer : next) {
                parser.accept(buffer);
            }
            lastEventId = parser.lastEventId();
            first = parser.retry().orElse(first);
        }
    }

    private void deliver(ServerSentEvent event) {
        ProjectEvent change;
        try {
            change = ApiJson.LENIENT.readValue(event.data(), ProjectEvent.class);
        } catch (JacksonException broken) {
            LOG.warn("an event of {} is not understood: {}", path, broken.getOriginalMessage());
            return;
        }
        listener.event(change);
    }

    private Duration pause(int failures, @Nullable IOException reason) {
        long most = Math.min(
                first.toMillis() << Math.min(failures, 10), backOff.most().toMillis());
        if (reason instanceof ConnectException) {
            most = Math.min(most, backOff.refused().toMillis());
        }
        return Duration.ofMillis(ThreadLocalRandom.current().nextLong(most + 1));
    }

    private static boolean isFinal(int status) {
        return status == 401 || status == 403 || status == 404;
    }
}
