package dev.porthole.desktop.notifications;

/**
 * The desktop's way to tell something.
 *
 * <p>Threads: any; returns at once. Errors: none; a desktop without notifications shows none.
 */
public interface Notifier {
    /** Shows it, in the place of an earlier one with the same key. */
    void tell(Notice notice);
}
