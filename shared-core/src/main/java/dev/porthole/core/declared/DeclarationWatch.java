package dev.porthole.core.declared;

import dev.porthole.core.agent.AgentTime;
import dev.porthole.core.config.FileWatch;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Notices when a declaration was saved. Editors save in several steps, and a file that is half written declares half of
 * the tunnels: so it tells once nothing has happened to the file for a moment.
 */
public final class DeclarationWatch implements AutoCloseable {
    private static final Duration QUIET = Duration.ofMillis(150);

    private final AgentTime time;
    private final Runnable saved;
    private @Nullable FileWatch watch;
    private CompletableFuture<Void> quiet = CompletableFuture.completedFuture(null);
    private boolean closed;

    private DeclarationWatch(AgentTime time, Runnable saved) {
        this.time = time;
        this.saved = saved;
    }

    /** Calls {@code saved} after each save until closed, on a thread of its own: short, and perhaps too often. */
    public static DeclarationWatch start(Path file, AgentTime time, Runnable saved) throws IOException {
        DeclarationWatch watch = new DeclarationWatch(time, saved);
        watch.watch = FileWatch.start(file.toAbsolutePath(), watch::changed);
        return watch;
    }

    private synchronized void changed() {
        if (!closed) {
            quiet.cancel(false);
            quiet = time.after(QUIET);
            quiet.thenRunAsync(
                    this::settled,
                    task -> Thread.ofVirtual().name("declaration").start(task));
        }
    }

    private void settled() {
        synchronized (this) {
            if (closed) {
                return;
            }
        }
        saved.run();
    }

    @Override
    public synchronized void close() {
        closed = true;
        quiet.cancel(false);
        if (watch != null) {
            watch.close();
        }
    }
}
