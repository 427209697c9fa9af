package dev.porthole.desktop.service;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Who started this process and wants to hear how it is. Telling never waits and never fails. Any thread. */
public interface ServiceManager extends AutoCloseable {
    /** The start is over. */
    void ready();

    /** How it is, in a line for people. */
    void status(String line);

    /** The end is under way. */
    void stopping();

    /** It works: to be said again within {@link #watchdog}. */
    void alive();

    /** How long the manager waits for {@link #alive} before it starts the process anew; empty if it does not. */
    Optional<Duration> watchdog();

    @Override
    void close();

    /**
     * The one that the environment names.
     *
     * @param pid this process's id
     */
    static ServiceManager of(Map<String, String> environment, long pid) {
        return SystemdNotify.of(environment, pid)
                .map(ServiceManager.class::cast)
                .orElseGet(NoServiceManager::new);
    }
}
