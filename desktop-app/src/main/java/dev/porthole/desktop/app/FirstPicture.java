package dev.porthole.desktop.app;

import java.time.Duration;
import java.time.InstantSource;
import javafx.animation.AnimationTimer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says in the log when the window can be used: its first picture has been drawn. Belongs to the FX thread. */
final class FirstPicture extends AnimationTimer {
    private static final Logger LOG = LoggerFactory.getLogger(FirstPicture.class);

    private final InstantSource clock;
    private boolean drawn;

    private FirstPicture(InstantSource clock) {
        this.clock = clock;
    }

    /** Call it once the window is to be shown. */
    static void tellOf(InstantSource clock) {
        new FirstPicture(clock).start();
    }

    @Override
    public void handle(long now) {
        // The first pulse draws; at the second one that is done, and what is typed is heard.
        if (drawn) {
            stop();
            ProcessHandle.current()
                    .info()
                    .startInstant()
                    .ifPresent(began -> LOG.info(
                            "The window is there, {} ms after the process began",
                            Duration.between(began, clock.instant()).toMillis()));
        }
        drawn = true;
    }
}
