package dev.porthole.core.observe;

/** What subscribing gives back: closing it ends the calls. Closing twice is fine. */
@FunctionalInterface
public interface Subscription extends AutoCloseable {
    @Override
    void close();
}
