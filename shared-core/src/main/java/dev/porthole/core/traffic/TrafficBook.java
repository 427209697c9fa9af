package dev.porthole.core.traffic;

import dev.porthole.core.observe.Observable;
import dev.porthole.core.observe.Subscription;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The counters of all tunnels, and who watches them. While nobody watches, or nothing happened within the hour, nothing
 * runs here; otherwise one wait at a time: a second long while something passes, five while it moves out of the last
 * minutes' chart, which is a few pixels, and a minute long while the last hour still has something to show. Any thread;
 * observers are called on virtual threads.
 */
public final class TrafficBook {
    private static final Executor VIRTUAL =
            work -> Thread.ofVirtual().name("porthole-traffic").start(work);

    /** How often watchers are told. */
    private enum Pace {
        ASLEEP(Duration.ZERO),
        SLOW(Duration.ofMinutes(1)),
        STEADY(Duration.ofSeconds(5)),
        QUICK(Duration.ofSeconds(1));

        private final Duration period;

        Pace(Duration period) {
            this.period = period;
        }
    }

    private final InstantSource clock;
    private final Function<Duration, CompletableFuture<Void>> after;
    private final Map<String, TrafficCounter> counters = new ConcurrentHashMap<>();
    private final List<Watch> watches = new CopyOnWriteArrayList<>();
    private final List<RequestFeed> feeds = new CopyOnWriteArrayList<>();
    private volatile Pace pace = Pace.ASLEEP;
    private @Nullable CompletableFuture<Void> wait;
    private long waits;

    /** {@code after} completes when a time has passed; cancelling it frees what it holds. */
    public TrafficBook(InstantSource clock, Function<Duration, CompletableFuture<Void>> after) {
        this.clock = clock;
        this.after = after;
    }

    /** A tunnel's counter; made with its first request. */
    public TrafficCounter of(String tunnel) {
        TrafficCounter known = counters.get(tunnel);
        return known != null ? known : counters.computeIfAbsent(tunnel, _ -> new TrafficCounter(clock, this::stirred));
    }

    /** A tunnel is gone, and what was counted with it. */
    public void forget(String tunnel) {
        counters.remove(tunnel);
    }

    /**
     * Tells of each request from now on, when it is over, in their order. {@code tunnel}: whose; null for all. The
     * listener is called on a virtual thread of its own; one that is slow misses some, and hears how many.
     */
    public Subscription requests(@Nullable String tunnel, Consumer<? super PassedRequest> listener) {
        RequestFeed feed = new RequestFeed(tunnel, listener, feeds::remove);
        feeds.add(feed);
        return feed;
    }

    /**
     * Begins to take a request's time, if someone hears of its tunnel's; null, and no work, if nobody does.
     *
     * @param id what the edge calls it
     * @param upgrade whether it asks for another protocol
     */
    public @Nullable RequestTimer time(
            String tunnel, CharSequence id, CharSequence method, CharSequence target, boolean upgrade) {
        if (feeds.isEmpty()) {
            return null;
        }
        List<RequestFeed> hearing =
                feeds.stream().filter(feed -> feed.isFor(tunnel)).toList();
        return hearing.isEmpty() ? null : new RequestTimer(hearing, tunnel, id, method, target, upgrade);
    }

    /** What passes through a tunnel: told once a second while something does. */
    public Observable<Traffic> traffic(String tunnel) {
        return new Observable<>() {
            @Override
            public Traffic get() {
                TrafficCounter counter = counters.get(tunnel);
                return counter == null ? Traffic.none(clock.instant()) : counter.seen();
            }

            @Override
            public Subscription subscribe(Consumer<? super Traffic> observer) {
                Watch watch = new Watch(tunnel, this, observer);
                watches.add(watch);
                watch.tell();
                hurry(needed());
                return watch;
            }
        };
    }

    /** A request came. */
    private void stirred() {
        if (pace != Pace.QUICK && !watches.isEmpty()) {
            hurry(Pace.QUICK);
        }
    }

    private synchronized void hurry(Pace wanted) {
        if (wanted.compareTo(pace) <= 0) {
            return;
        }
        rest();
        pace = wanted;
        long mine = ++waits;
        CompletableFuture<Void> over = after.apply(wanted.period);
        wait = over;
        over.thenRunAsync(() -> tell(mine), VIRTUAL);
    }

    private synchronized void rest() {
        pace = Pace.ASLEEP;
        CompletableFuture<Void> before = wait;
        wait = null;
        if (before != null) {
            before.cancel(false);
        }
    }

    private void tell(long mine) {
        synchronized (this) {
            if (wait == null || waits != mine) {
                return;
            }
            wait = null;
            pace = Pace.ASLEEP;
        }
        watches.forEach(Watch::tell);
        // After that: a request that comes from here on hurries by itself.
        hurry(needed());
    }

    private Pace needed() {
        long millis = clock.millis();
        Pace needed = Pace.ASLEEP;
        for (Watch watch : watches) {
            TrafficCounter counter = counters.get(watch.tunnel);
            if (counter != null && counter.isLively(millis)) {
                return Pace.QUICK;
            }
            if (counter != null && counter.isOnTheChart(millis)) {
                needed = Pace.STEADY;
            } else if (counter != null && counter.isRemembered(millis) && needed == Pace.ASLEEP) {
                needed = Pace.SLOW;
            }
        }
        return needed;
    }

    private final class Watch implements Subscription {
        private final String tunnel;
        private final Observable<Traffic> source;
        private final Consumer<? super Traffic> observer;
        private final ReentrantLock telling = new ReentrantLock();
        private volatile boolean closed;

        Watch(String tunnel, Observable<Traffic> source, Consumer<? super Traffic> observer) {
            this.tunnel = tunnel;
            this.source = source;
            this.observer = observer;
        }

        void tell() {
            telling.lock();
            try {
                if (!closed) {
                    observer.accept(source.get());
                }
            } finally {
                telling.unlock();
            }
        }

        @Override
        public void close() {
            closed = true;
            watches.remove(this);
            if (watches.isEmpty()) {
                rest();
            }
        }
    }
}
