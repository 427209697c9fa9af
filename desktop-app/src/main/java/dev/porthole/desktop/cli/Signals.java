package dev.porthole.desktop.cli;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Optional;
import java.util.function.IntConsumer;

/**
 * {@code sun.misc.Signal} of the module jdk.unsupported, by reflection: it has no successor, and naming it in source is
 * a warning that cannot be suppressed.
 */
record Signals(Class<?> signal, Class<?> handler, Method handle) {
    static Signals load() throws ReflectiveOperationException {
        Class<?> signal = Class.forName("sun.misc.Signal");
        Class<?> handler = Class.forName("sun.misc.SignalHandler");
        return new Signals(signal, handler, signal.getMethod("handle", signal, handler));
    }

    /**
     * Calls {@code heard} with the signal's number, on a thread of its own; gives what puts the handler before back, if
     * there is the signal.
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
