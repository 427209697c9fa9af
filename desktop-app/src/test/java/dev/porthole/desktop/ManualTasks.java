package dev.porthole.desktop;

import dev.porthole.core.observe.Subscription;
import dev.porthole.desktop.ui.Tasks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Tasks that run where they are started, and waits that end when the test says so. */
public final class ManualTasks {
    private final List<Runnable> waiting = new ArrayList<>();
    private final List<Duration> delays = new ArrayList<>();
    private final Tasks tasks = new Tasks(Runnable::run, Runnable::run, this::later);

    public Tasks tasks() {
        return tasks;
    }

    /** How many waits are under way. */
    public int waits() {
        return waiting.size();
    }

    /** How long each wait was to last, in order. */
    public List<Duration> delays() {
        return List.copyOf(delays);
    }

    /** Ends every wait that is under way now. */
    public void timePasses() {
        List<Runnable> due = List.copyOf(waiting);
        waiting.clear();
        due.forEach(Runnable::run);
    }

    private Subscription later(Duration delay, Runnable then) {
        waiting.add(then);
        delays.add(delay);
        return () -> waiting.remove(then);
    }
}
