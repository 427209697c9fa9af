package dev.porthole.desktop.tray;

/** Hears what a person does with the tray. Called on any thread; must return at once. */
interface TrayListener {
    /** The menu is about to show. */
    void opened();

    /** The menu is gone. */
    void closed();

    /** An entry was chosen. */
    void chosen(TrayCommand command);

    /** The desktop shows the icon from now on, or shows it no more. */
    void shown(boolean isShown);
}
