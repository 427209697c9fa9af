package dev.porthole.desktop.cli;

import dev.porthole.core.observe.Subscription;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * The signals of this process. A shutdown hook would not do: the virtual machine runs hooks once and makes a second
 * Ctrl+C wait for them.
 */
// sun.misc.Signal: supported by the module jdk.unsupported, and the only way to hear a second signal.
@SuppressWarnings("sunapi")
final class SystemInterrupts implements Interrupts {
    private static final List<String> SIGNALS = List.of("INT", "TERM", "HUP");

    @Override
    public Subscription onFirst(Runnable stop) {
        AtomicInteger heard = new AtomicInteger();
        Map<Signal, SignalHandler> before = new HashMap<>();
        for (String name : SIGNALS) {
            try {
                Signal signal = new Signal(name);
                before.put(signal, Signal.handle(signal, received -> {
                    if (heard.incrementAndGet() == 1) {
                        stop.run();
                    } else {
                        // 128 + the signal's number, as shells report it.
                        Runtime.getRuntime().halt(128 + received.getNumber());
                    }
                }));
            } catch (IllegalArgumentException unknownHere) {
                // Windows has no HUP; a virtual machine started with -Xrs keeps its signals to itself.
                continue;
            }
        }
        return () -> before.forEach(Signal::handle);
    }
}
