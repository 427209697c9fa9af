package dev.porthole.desktop.ui;

import dev.porthole.core.observe.Subscription;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/**
 * What was just asked for and can still be taken back, instead of a question before it. It becomes final after
 * {@link #TIME}, at once when something else is offered or the program ends, and never if it is taken back. Belongs to
 * the FX thread.
 */
public final class Undo {
    /** How long something can be taken back. */
    public static final Duration TIME = Duration.ofSeconds(10);

    private static final Duration FAREWELL = Duration.ofSeconds(2);

    private final Tasks tasks;
    private final ReadOnlyObjectWrapper<Optional<Offer>> offer = new ReadOnlyObjectWrapper<>(Optional.empty());
    private @Nullable Pending pending;
    private int offers;

    /** @param tasks tells the time */
    public Undo(Tasks tasks) {
        this.tasks = tasks;
    }

    /**
     * What can be taken back now.
     *
     * @param text what was done, for people: "Deleted docs"
     */
    public record Offer(String text) {}

    private record Pending(int number, Runnable commit, Runnable back, Subscription timer) {}

    /** What can be taken back now; empty if nothing can. */
    public ReadOnlyObjectProperty<Optional<Offer>> offerProperty() {
        return offer.getReadOnlyProperty();
    }

    /**
     * Offers to take something back that a screen shows as done already.
     *
     * @param text what was done, for people: "Deleted docs"
     * @param commit makes it final; starts what takes long by {@link Tasks}
     * @param back takes it back
     */
    public void offer(String text, Runnable commit, Runnable back) {
        commitNow();
        int number = ++offers;
        pending = new Pending(number, commit, back, tasks.after(TIME, () -> timeIsOver(number)));
        offer.set(Optional.of(new Offer(text)));
    }

    /** Takes back what is offered, if anything is. */
    public void takeBack() {
        Pending taken = take();
        if (taken != null) {
            taken.back().run();
        }
    }

    /** Makes final what is offered, if anything is. */
    public void commitNow() {
        Pending taken = take();
        if (taken != null) {
            taken.commit().run();
        }
    }

    /** Makes final what is offered, and runs {@code then} once that is done, or two seconds later. */
    public void finish(Runnable then) {
        List<Tasks.Running> last = tasks.startedBy(this::commitNow);
        if (last.isEmpty()) {
            then.run();
            return;
        }
        tasks.create(() -> {
                    long until = System.nanoTime() + FAREWELL.toNanos();
                    for (Tasks.Running running : last) {
                        running.await(Duration.ofNanos(Math.max(0, until - System.nanoTime())));
                    }
                })
                .andFinally(then)
                .start();
    }

    private void timeIsOver(int number) {
        if (pending != null && pending.number() == number) {
            commitNow();
        }
    }

    private @Nullable Pending take() {
        Pending taken = pending;
        if (taken != null) {
            pending = null;
            taken.timer().close();
            offer.set(Optional.empty());
        }
        return taken;
    }
}
