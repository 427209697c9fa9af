package dev.porthole.core.discovery;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

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

    /** The way of the system that this runs on. */
    static PortScanner ofThisSystem() {
        String os = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        if (os.startsWith("linux")) {
            return new ProcPortScanner(Path.of("/proc"));
        }
        return os.startsWith("windows") ? new NetstatPortScanner() : new LsofPortScanner();
    }
}
