package dev.porthole.desktop.cli;

import dev.porthole.core.Setting;
import dev.porthole.core.Settings;
import java.util.Iterator;

/** The names of settings, for completion. */
final class SettingKeys implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
        return Settings.list().stream().map(Setting::key).iterator();
    }
}
