package dev.porthole.desktop.app;

import dev.porthole.desktop.autostart.Autostart;

/** Starts nothing, and remembers whether it would. */
final class FakeAutostart implements Autostart {
    private volatile boolean on;

    @Override
    public boolean isOn() {
        return on;
    }

    @Override
    public void turnOn(boolean hidden) {
        on = true;
    }

    @Override
    public void turnOff() {
        on = false;
    }
}
