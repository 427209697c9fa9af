package dev.porthole.desktop.cli;

import dev.porthole.core.observe.Subscription;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The signals of this process. A shutdown hook would not do: the virtual machine runs hooks once and makes a second
 * Ctrl+C wait for them.
 */
final class SystemInterrupts implements Interrupts {
    /** Windows has no HUP; a virtual machine started with -Xrs keeps all of them to itself. */
    private static final List<String> SIGNALS = List.of("INT", "TERM", "HUP");

    @Override
    public Subscription onFirst(Runnable stop) {
        AtomicInteger heard = new AtomicInteger();
        List<Runnable> undo = new ArrayList<>();
        try {
            Signals signals = Signals.load();
            for (String name : SIGNALS) {
                signals.handle(name, number -> {
                            if (heard.incrementAndGet() == 1) {
                                stop.run();
                            } else {
                                // 128 + the signal's number, as shells report it.
                                Runtime.getRuntime().halt(128 + number);
                            }
                        })
                        .ifPresent(undo::add);
            }
        } catch (ReflectiveOperationException notThisVirtualMachine) {
            // What is left is the system's way: the process ends at the first signal, and the server sees its lease
            // end.
            undo.clear();
        }
        return () -> undo.forEach(Runnable::run);
    }
}
