package dev.porthole.core.discovery;

import java.io.IOException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/** Looks at the TCP ports that programs of this computer listen on. Each system has its own way of telling. */
public interface PortScanner {
    /** What is listening now, as the system tells it, in no order; one entry per port. */
    List<ListeningPort> look() throws IOException, InterruptedException;

    /** What is listening now: a person's own programs first, newest first. Takes milliseconds to a second. */
    default List<ListeningPort> scan() throws IOException, InterruptedException {
        return look().stream()
                .sorted(Comparator.<ListeningPort>comparingInt(port -> port.system() ? 1 : 0)
                        .thenComparing(
                                port -> port.startedAt() == null ? Instant.MIN : port.startedAt(),
                                Comparator.reverseOrder())
                        .thenComparingInt(ListeningPort::port))
                .toList();
    }

    /** The way of the system that this runs on; one for the process, which remembers what it saw last. */
    static PortScanner ofThisSystem() {
        return SystemScanner.INSTANCE;
    }
}
