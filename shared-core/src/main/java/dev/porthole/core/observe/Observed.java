package dev.porthole.core.observe;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** The writable side of an {@link Observable}. Setting a value equal to the one before calls nobody. */
public final class Observed<T> implements Observable<T> {
    // A reentrant lock, so that an observer may read or subscribe; held while observers run, which keeps their order.
    private final ReentrantLock lock = new ReentrantLock();
    private final List<Consumer<? super T>> observers = new ArrayList<>();
    private volatile T value;

    public Observed(T initial) {
        this.value = initial;
    }

    @Override
    public T get() {
        return value;
    }

    /** Changes the value and tells the observers before it returns. */
    public void set(T next) {
        update(before -> next);
    }

    /** Changes the value from what it was, as one step. */
    public void update(UnaryOperator<T> change) {
        lock.lock();
        try {
            T next = change.apply(value);
            if (next.equals(value)) {
                return;
            }
            value = next;
            for (Consumer<? super T> observer : List.copyOf(observers)) {
                if (observers.contains(observer)) {
                    observer.accept(next);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Subscription subscribe(Consumer<? super T> observer) {
        // Wrapped, so that subscribing the same observer twice gives two handles.
        Consumer<T> mine = observer::accept;
        lock.lock();
        try {
            observers.add(mine);
            mine.accept(value);
        } finally {
            lock.unlock();
        }
        return () -> {
            lock.lock();
            try {
                observers.remove(mine);
            } finally {
                lock.unlock();
            }
        };
    }
}
