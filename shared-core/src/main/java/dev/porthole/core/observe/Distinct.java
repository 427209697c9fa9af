package dev.porthole.core.observe;

import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Passes a value on unless it equals the one before. Called by one thread at a time, as {@link Observable} promises.
 */
final class Distinct<T> implements Consumer<T> {
    private final Consumer<? super T> next;
    private @Nullable T last;
    private boolean any;

    Distinct(Consumer<? super T> next) {
        this.next = next;
    }

    @Override
    public void accept(T value) {
        if (any && Objects.equals(last, value)) {
            return;
        }
        any = true;
        last = value;
        next.accept(value);
    }
}
