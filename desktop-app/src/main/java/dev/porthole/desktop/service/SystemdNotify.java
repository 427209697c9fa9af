package dev.porthole.desktop.service;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * systemd, by the protocol of sd_notify(3): assignments in datagrams to the socket that {@code NOTIFY_SOCKET} names.
 * The watchdog is sd_watchdog_enabled(3)'s: {@code WATCHDOG_USEC}, for the process of {@code WATCHDOG_PID}.
 */
final class SystemdNotify implements ServiceManager {
    private static final Logger LOG = LoggerFactory.getLogger(SystemdNotify.class);

    private final UnixDatagrams socket;
    private final @Nullable Duration watchdog;

    private SystemdNotify(UnixDatagrams socket, @Nullable Duration watchdog) {
        this.socket = socket;
        this.watchdog = watchdog;
    }

    /** Empty where systemd did not start this process, or its socket can't be used. */
    static Optional<SystemdNotify> of(Map<String, String> environment, long pid) {
        String address = environment.getOrDefault("NOTIFY_SOCKET", "");
        if (address.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new SystemdNotify(UnixDatagrams.to(address), watchdog(environment, pid)));
        } catch (IOException unusable) {
            LOG.warn("NOTIFY_SOCKET: {}", unusable.getMessage());
            return Optional.empty();
        }
    }

    private static @Nullable Duration watchdog(Map<String, String> environment, long pid) {
        String whose = environment.getOrDefault("WATCHDOG_PID", "");
        if (!whose.isEmpty() && !whose.equals(Long.toString(pid))) {
            return null;
        }
        try {
            long micros = Long.parseLong(environment.getOrDefault("WATCHDOG_USEC", "0"));
            return micros > 0 ? Duration.ofNanos(Math.multiplyExact(micros, 1000L)) : null;
        } catch (NumberFormatException | ArithmeticException nonsense) {
            return null;
        }
    }

    @Override
    public void ready() {
        send("READY=1");
    }

    @Override
    public void status(String line) {
        send("STATUS=" + line.replaceAll("\\p{Cntrl}", " "));
    }

    @Override
    public void stopping() {
        send("STOPPING=1");
    }

    @Override
    public void alive() {
        send("WATCHDOG=1");
    }

    @Override
    public Optional<Duration> watchdog() {
        return Optional.ofNullable(watchdog);
    }

    @Override
    public void close() {
        socket.close();
    }

    private void send(String assignment) {
        try {
            socket.send(assignment.getBytes(StandardCharsets.UTF_8));
        } catch (IOException notHeard) {
            LOG.debug("systemd was not told {}: {}", assignment, notHeard.getMessage());
        }
    }
}
