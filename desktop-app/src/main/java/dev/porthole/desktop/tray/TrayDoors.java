package dev.porthole.desktop.tray;

import dev.porthole.core.discovery.ListeningPort;

/** What the tray asks of the window. On the FX thread. */
public interface TrayDoors {
    /** Brings the window to the front as it is. */
    void open();

    /** Brings the window to the front where one says what to share. */
    void askWhatToShare();

    /** Shares at once, and puts the address on the clipboard: a person has chosen this port. */
    void share(ListeningPort port);

    /** Brings the list of tunnels to the front. */
    void showTunnels();

    /** Ends the program, after asking if tunnels would stop. */
    void quit();
}
