package dev.porthole.core.observe;

import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A value that changes and can be watched.
 *
 * <p>Threads: {@link #get} from any thread; observers are called one at a time and in order, on whichever thread made
 * the change, and must return quickly. A screen hands over to its own thread in one place.
 */
public interface Observable<T> {
    /** The value now. */
    T get();

    /** Calls {@code observer} with the value now, before this returns, and with each different one after it. */
    Subscription subscribe(Consumer<? super T> observer);

    /** The same value seen through {@code view}; equal results in a row are one. */
    default <R> Observable<R> map(Function<? super T, ? extends R> view) {
        Observable<T> source = this;
        return new Observable<>() {
            @Override
            public R get() {
                return view.apply(source.get());
            }

            @Override
            public Subscription subscribe(Consumer<? super R> observer) {
                Distinct<R> distinct = new Distinct<>(observer);
                return source.subscribe(value -> distinct.accept(view.apply(value)));
            }
        };
    }
}
