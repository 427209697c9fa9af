package dev.porthole.desktop.service;

import java.time.Duration;
import java.util.Optional;

/** Nobody wants to hear. */
final class NoServiceManager implements ServiceManager {
    @Override
    public void ready() {}

    @Override
    public void status(String line) {}

    @Override
    public void stopping() {}

    @Override
    public void alive() {}

    @Override
    public Optional<Duration> watchdog() {
        return Optional.empty();
    }

    @Override
    public void close() {}
}
