package dev.porthole.server.control;

import dev.porthole.core.api.ApiJson;
import dev.porthole.core.api.ProjectEvent;
import dev.porthole.server.store.Store;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Who follows which project's outbox. A commit wakes them; nobody asks the database whether there is news. Each reader
 * has a virtual thread, which a slow reader holds up alone.
 */
final class EventStreams {
    private static final int BATCH = 100;
    /** Readers at once over all projects; each costs a connection and a thread. */
    private static final int MAX_READERS = 5_000;

    /** A page's stream comes back by itself after that, if its session has not ended by being left alone. */
    private static final Duration LONGEST_OF_A_PAGE = Duration.ofMinutes(15);

    private final Store store;
    private final Scheduler scheduler;
    private final Duration keepAlive;
    private final Map<String, Set<Reader>> readers = new ConcurrentHashMap<>();
    private final Semaphore places = new Semaphore(MAX_READERS);

    /** @param keepAlive how long a stream may say nothing */
    EventStreams(Store store, Scheduler scheduler, Duration keepAlive) {
        this.store = store;
        this.scheduler = scheduler;
        this.keepAlive = keepAlive;
    }

    /** There is news in a project. Called after its commit; never blocks. */
    void wake(String project) {
        readers.getOrDefault(project, Set.of()).forEach(Reader::wake);
    }

    /** Ends the streams that were opened with a credential. */
    void end(String credential) {
        readers.values()
                .forEach(some -> some.stream()
                        .filter(reader -> reader.credential.equals(credential))
                        .forEach(Reader::end));
    }

    /** Ends the streams of projects that are gone. */
    void endProject(String project) {
        readers.getOrDefault(project, Set.of()).forEach(Reader::end);
    }

    /** Ends what a person follows in some projects, by whatever credential. */
    void end(Set<String> projects, String person) {
        for (String project : projects) {
            readers.getOrDefault(project, Set.of()).stream()
                    .filter(reader -> person.equals(reader.person))
                    .forEach(Reader::end);
        }
    }

    /** Ends all streams: the server stops. */
    void endAll() {
        readers.values().forEach(some -> some.forEach(Reader::end));
    }

    /**
     * The stream of a project from behind a sequence.
     *
     * @param person who follows it, if a person does
     * @param page whether it is the server's own page
     * @param shown what its reader hears of each event, if anything; called in order
     */
    Answer.Events follow(
            String project,
            String credential,
            @Nullable String person,
            boolean page,
            long after,
            Function<ProjectEvent, Optional<ProjectEvent>> shown) {
        return new Answer.Events(out -> {
            if (!places.tryAcquire()) {
                throw new IOException("too many event streams");
            }
            Reader reader = new Reader(credential, person, shown);
            readers.compute(project, (id, some) -> {
                Set<Reader> all = some == null ? ConcurrentHashMap.newKeySet() : some;
                all.add(reader);
                return all;
            });
            if (page) {
                scheduler.after(LONGEST_OF_A_PAGE, reader::end);
            }
            try {
                reader.run(out, project, after);
            } finally {
                readers.computeIfPresent(project, (id, some) -> {
                    some.remove(reader);
                    return some.isEmpty() ? null : some;
                });
                places.release();
            }
        });
    }

    private final class Reader {
        private final String credential;
        private final @Nullable String person;
        private final Function<ProjectEvent, Optional<ProjectEvent>> shown;
        private final Semaphore news = new Semaphore(0);
        private volatile boolean ended;

        Reader(String credential, @Nullable String person, Function<ProjectEvent, Optional<ProjectEvent>> shown) {
            this.credential = credential;
            this.person = person;
            this.shown = shown;
        }

        void wake() {
            news.release();
        }

        void end() {
            ended = true;
            news.release();
        }

        void run(OutputStream out, String project, long after) throws IOException, InterruptedException {
            say(out, ": ready\n\n");
            long sequence = after;
            while (!ended) {
                List<ProjectEvent> batch = next(project, sequence);
                for (ProjectEvent event : batch) {
                    Optional<ProjectEvent> heard = shown.apply(event);
                    if (heard.isPresent()) {
                        say(out, format(heard.get()));
                    }
                    sequence = event.sequence();
                }
                if (batch.isEmpty()) {
                    if (!news.tryAcquire(keepAlive.toMillis(), TimeUnit.MILLISECONDS)) {
                        say(out, ": still here\n\n");
                    }
                    news.drainPermits();
                }
            }
        }

        private List<ProjectEvent> next(String project, long after) {
            return store.read(handle -> store.outbox().after(handle, project, after, BATCH));
        }

        private static String format(ProjectEvent event) {
            return "id: " + event.sequence() + "\nevent: " + event.type() + "\ndata: "
                    + ApiJson.STRICT.writeValueAsString(event) + "\n\n";
        }

        private static void say(OutputStream out, String text) throws IOException {
            out.write(text.getBytes(StandardCharsets.UTF_8));
            out.flush();
        }
    }
}
