package dev.porthole.desktop.app;

import com.sun.glass.ui.Application;
import com.sun.glass.ui.Timer;
import com.sun.javafx.tk.Toolkit;
import com.sun.javafx.tk.quantum.QuantumToolkit;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * JavaFX's pulse on GTK, asleep while nothing moves. The toolkit pauses its timer when there is nothing to draw and
 * resumes it for the next change, which only macOS listens to: GTK's timer goes on waking the processor sixty times a
 * second for as long as the program runs, with a hidden window, too. This one stands in front of GTK's and stops it.
 * {@code docs/decisions/resting.md} has the figures.
 *
 * <p>It reaches into the toolkit, which the options of the virtual machine allow ({@code --add-exports},
 * {@code --add-opens} in {@code packaging/src/jvm/app.options}); with a JavaFX that is made differently, everything
 * stays as JavaFX does it. Threads: as {@link Timer}, any.
 */
final class RestingPulse extends Timer {
    private static final Logger LOG = LoggerFactory.getLogger(RestingPulse.class);
    private static final String GTK = "com.sun.glass.ui.gtk.GtkApplication";
    /** What a started timer is called; there is one. */
    private static final long STARTED = 1;

    private final Timer theirs;

    private final Runnable resting;
    /** In milliseconds. */
    private int period;

    private RestingPulse(Timer theirs, Runnable resting) {
        super(() -> {}); // GTK's timer has the toolkit's
        this.theirs = theirs;
        this.resting = resting;
    }

    /**
     * To be called on the FX thread, as the first thing that JavaFX runs: the toolkit starts its timer right after.
     * Empty where JavaFX is not on GTK, or is made differently.
     *
     * @param resting is told on the FX thread each time it falls asleep, and must return at once
     */
    static Optional<RestingPulse> install(Runnable resting) {
        if (!Application.GetApplication().getClass().getName().equals(GTK)
                || !(Toolkit.getToolkit() instanceof QuantumToolkit toolkit)) {
            return Optional.empty();
        }
        try {
            Field timer = QuantumToolkit.class.getDeclaredField("pulseTimer");
            timer.setAccessible(true);
            RestingPulse pulse = new RestingPulse((Timer) timer.get(toolkit), resting);
            timer.set(toolkit, pulse);
            return Optional.of(pulse);
        } catch (ReflectiveOperationException | InaccessibleObjectException | ClassCastException different) {
            LOG.debug("JavaFX's pulse does not rest", different);
            return Optional.empty();
        }
    }

    @Override
    protected long _start(Runnable ignored, int period) {
        this.period = period;
        theirs.start(period);
        return STARTED;
    }

    @Override
    protected long _start(Runnable ignored) {
        // In step with the screen: GTK refuses.
        theirs.start();
        return STARTED;
    }

    @Override
    protected void _stop(long started) {
        theirs.stop();
    }

    @Override
    protected void _pause(long started) {
        theirs.stop();
        resting.run();
    }

    @Override
    protected void _resume(long started) {
        if (!theirs.isRunning()) {
            theirs.start(period);
        }
    }
}
