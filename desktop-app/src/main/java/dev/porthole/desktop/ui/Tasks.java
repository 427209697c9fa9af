package dev.porthole.desktop.ui;

import dev.porthole.core.PortholeException;
import dev.porthole.core.PortholeException.Kind;
import dev.porthole.core.observe.Subscription;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javafx.application.Platform;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one way from the FX thread to background work and back.
 *
 * <pre>{@code
 * tasks.create(() -> porthole.projects())
 *         .onSuccess(list -> projects.setAll(list))
 *         .onError(Kind.NOT_SIGNED_IN, error -> signInAgain())
 *         .onError(error -> problem.set(error.getMessage()))
 *         .andFinally(() -> busy.set(false))
 *         .start();
 * }</pre>
 *
 * <p>Threads: {@code start} belongs on the FX thread; the work runs on a virtual thread of its own, every handler on
 * the FX thread. Tests give their own executors and need no toolkit.
 */
public final class Tasks {
    private static final Logger LOG = LoggerFactory.getLogger(Tasks.class);

    private final Executor background;
    private final Executor screen;
    private final Later later;
    private @Nullable List<Running> noted;

    public Tasks(Executor background, Executor screen, Later later) {
        this.background = background;
        this.screen = screen;
        this.later = later;
    }

    /** As the app runs them. */
    public static Tasks onVirtualThreads() {
        Executor screen = Platform::runLater;
        return new Tasks(
                work -> Thread.ofVirtual().name("porthole-task").start(work),
                screen,
                (delay, then) -> VirtualTimer.start(delay, () -> screen.execute(then)));
    }

    /** Runs something on the FX thread after a while; closing what it returns calls it off. */
    @FunctionalInterface
    public interface Later {
        Subscription after(Duration delay, Runnable onScreen);
    }

    /** Work that throws and returns nothing. */
    @FunctionalInterface
    public interface Action {
        void run() throws Exception;
    }

    /** The FX thread, as an executor. */
    public Executor screen() {
        return screen;
    }

    /** Runs {@code onScreen} on the FX thread after {@code delay}. */
    public Subscription after(Duration delay, Runnable onScreen) {
        return later.after(delay, onScreen);
    }

    /** Runs something on the FX thread, and gives the work that it started. */
    public List<Running> startedBy(Runnable onScreen) {
        List<Running> started = new ArrayList<>();
        noted = started;
        try {
            onScreen.run();
        } finally {
            noted = null;
        }
        return started;
    }

    /** Begins to describe work with a result. */
    public <T> Task<T> create(Callable<? extends T> work) {
        return new Task<>(work);
    }

    /** Begins to describe work without a result; {@code onSuccess} then gets {@code true}. */
    public Task<Boolean> create(Action work) {
        return new Task<>(() -> {
            work.run();
            return Boolean.TRUE;
        });
    }

    /** Described work; nothing happens before {@link #start}. */
    public final class Task<T> {
        private final Callable<? extends T> work;
        private final Map<Kind, Consumer<? super PortholeException>> byKind = new EnumMap<>(Kind.class);
        private Consumer<? super T> success = result -> {};
        private Consumer<? super PortholeException> error =
                failure -> LOG.warn("Nobody asked for this failure", failure);
        private Runnable last = () -> {};

        private Task(Callable<? extends T> work) {
            this.work = work;
        }

        /** What to do with the result. */
        public Task<T> onSuccess(Consumer<? super T> handler) {
            success = handler;
            return this;
        }

        /** What to do with a failure of this kind. */
        public Task<T> onError(Kind kind, Consumer<? super PortholeException> handler) {
            byKind.put(kind, handler);
            return this;
        }

        /** What to do with every other failure. */
        public Task<T> onError(Consumer<? super PortholeException> handler) {
            error = handler;
            return this;
        }

        /** Runs after either, and after a cancel. */
        public Task<T> andFinally(Runnable handler) {
            last = handler;
            return this;
        }

        /** Starts the work. */
        public Running start() {
            Running running = new Running();
            if (noted != null) {
                noted.add(running);
            }
            background.execute(() -> running.run(this::attempt));
            return running;
        }

        private void attempt(Running running) {
            Runnable outcome;
            try {
                T result = work.call();
                outcome = () -> success.accept(result);
            } catch (PortholeException failure) {
                outcome = () -> failed(failure);
            } catch (InterruptedException stopped) {
                outcome = () -> failed(new PortholeException(Kind.CANCELLED, Texts.text("error.cancelled"), stopped));
            } catch (Exception bug) {
                LOG.error("A task failed in a way that it should not", bug);
                PortholeException said =
                        new PortholeException(Kind.FAILED, Texts.text("error.unexpected", ErrorCode.of(bug)), bug);
                outcome = () -> failed(said);
            }
            Runnable decided = outcome;
            screen.execute(() -> {
                try {
                    if (!running.cancelled()) {
                        decided.run();
                    }
                } finally {
                    last.run();
                }
            });
        }

        private void failed(PortholeException failure) {
            byKind.getOrDefault(failure.kind(), error).accept(failure);
        }
    }

    /** Work under way. */
    public static final class Running {
        private final CountDownLatch done = new CountDownLatch(1);
        private @Nullable Thread worker;
        private boolean cancelled;

        private Running() {}

        /** Interrupts the work; neither its result nor its failure is told any more. */
        public synchronized void cancel() {
            cancelled = true;
            if (worker != null) {
                worker.interrupt();
            }
        }

        /** Waits until the work is done, whatever came of it, but no longer than {@code limit}. */
        boolean await(Duration limit) throws InterruptedException {
            return done.await(limit.toNanos(), TimeUnit.NANOSECONDS);
        }

        synchronized boolean cancelled() {
            return cancelled;
        }

        private void run(Consumer<Running> body) {
            synchronized (this) {
                worker = Thread.currentThread();
                if (cancelled) {
                    worker.interrupt();
                }
            }
            try {
                body.accept(this);
            } finally {
                synchronized (this) {
                    worker = null;
                }
                done.countDown();
            }
        }
    }
}
