package dev.porthole.desktop.ui;

import dev.porthole.core.observe.Subscription;
import java.time.Duration;

/** A wait on a virtual thread: costs a few hundred bytes while it lasts, and nothing after. */
final class VirtualTimer {
    private VirtualTimer() {}

    static Subscription start(Duration delay, Runnable then) {
        Thread waiting = Thread.ofVirtual().name("porthole-timer").start(() -> {
            try {
                Thread.sleep(delay);
            } catch (InterruptedException calledOff) {
                return;
            }
            then.run();
        });
        return waiting::interrupt;
    }
}
