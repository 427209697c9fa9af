package dev.porthole.desktop.cli;

import dev.porthole.core.observe.Subscription;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/**
 * The signals of this process. A shutdown hook would not do: the virtual machine runs hooks once and makes a second
 * Ctrl+C wait for them. The class for it is {@code sun.misc.Signal} of the module jdk.unsupported; it has no successor,
 * and naming it in source is a warning that cannot be suppressed, hence the reflection.
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

    /** {@code sun.misc.Signal} by reflection. */
    private record Signals(Class<?> signal, Class<?> handler, Method handle) {
        static Signals load() throws ReflectiveOperationException {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            return new Signals(signal, handler, signal.getMethod("handle", signal, handler));
        }

        /**
         * Calls {@code heard} with the signal's number; gives what puts the handler before back, if there is the
         * signal.
         */
        Optional<Runnable> handle(String name, IntConsumer heard) throws ReflectiveOperationException {
            Method number = signal.getMethod("getNumber");
            InvocationHandler calls = (proxy, method, arguments) -> {
                if (method.getName().equals("handle")) {
                    heard.accept((int) number.invoke(arguments[0]));
                }
                return null;
            };
            Object mine = Proxy.newProxyInstance(handler.getClassLoader(), new Class<?>[] {handler}, calls);
            try {
                Object ours = signal.getConstructor(String.class).newInstance(name);
                Object before = handle.invoke(null, ours, mine);
                return Optional.of(() -> restore(ours, before));
            } catch (InvocationTargetException unknownHere) {
                return Optional.empty();
            }
        }

        private void restore(Object ours, Object before) {
            try {
                handle.invoke(null, ours, before);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
