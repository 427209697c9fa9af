package dev.porthole.desktop.tray;

/**
 * A place on the desktop for an icon and its menu.
 *
 * <p>Threads: any; every call returns at once. Errors: none; a desktop without a tray never shows it.
 */
interface Tray extends AutoCloseable {
    /** Puts this in place of what was there. */
    void show(TrayState state);

    @Override
    void close();
}
