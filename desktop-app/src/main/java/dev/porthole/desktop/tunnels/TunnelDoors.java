package dev.porthole.desktop.tunnels;

/** Where one goes from a tunnel; the window opens the doors. */
public interface TunnelDoors {
    /** The tunnel's page. */
    void page(String tunnelId);

    /** The settings on the tunnel's page. */
    void settings(String tunnelId);

    /** The list of all. */
    void list();

    /** The Share screen. */
    void share();
}
