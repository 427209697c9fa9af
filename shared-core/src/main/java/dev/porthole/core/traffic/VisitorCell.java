package dev.porthole.core.traffic;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** What is counted of one visitor. Written by one thread, read by any. */
public final class VisitorCell {
    private static final int LONGEST_PATH = 256;

    final String address;
    final String agent;
    private final int hash;
    private final long sinceMillis;
    private final LongAdder requests = new LongAdder();
    private final LongAdder bytes = new LongAdder();
    private final AtomicInteger running = new AtomicInteger();
    private volatile long lastMillis;
    private volatile CharSequence target = "";

    VisitorCell(String address, String agent, int hash, long millis) {
        this.address = address;
        this.agent = agent;
        this.hash = hash;
        this.sinceMillis = millis;
        this.lastMillis = millis;
    }

    boolean isOf(int otherHash, CharSequence otherAddress, CharSequence otherAgent) {
        return hash == otherHash && address.contentEquals(otherAddress) && agent.contentEquals(otherAgent);
    }

    void begin(long millis, CharSequence newTarget) {
        lastMillis = millis;
        // What the wire gave is kept as it is: a text is made of it only when someone looks.
        target = newTarget.length() <= LONGEST_PATH
                ? newTarget
                : newTarget.subSequence(0, LONGEST_PATH).toString();
        requests.increment();
        running.incrementAndGet();
    }

    void passed(int count) {
        bytes.add(count);
    }

    void end() {
        running.decrementAndGet();
    }

    long lastMillis() {
        return lastMillis;
    }

    boolean isIdle() {
        return running.get() <= 0;
    }

    Visitor seen() {
        String whole = target.toString();
        int query = whole.indexOf('?');
        return new Visitor(
                address,
                agent,
                Instant.ofEpochMilli(sinceMillis),
                Instant.ofEpochMilli(lastMillis),
                Math.max(0, running.get()),
                requests.sum(),
                bytes.sum(),
                query < 0 ? whole : whole.substring(0, query));
    }
}
