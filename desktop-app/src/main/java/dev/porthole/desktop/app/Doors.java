package dev.porthole.desktop.app;

import dev.porthole.desktop.tunnels.TunnelDoors;

/** Where the Tunnels screen leads to. */
record Doors(ShellViewModel shell) implements TunnelDoors {
    @Override
    public void page(String tunnelId) {
        shell.openTunnel(tunnelId);
    }

    @Override
    public void settings(String tunnelId) {
        shell.openTunnel(tunnelId);
    }

    @Override
    public void list() {
        shell.go(Screen.TUNNELS);
    }

    @Override
    public void share() {
        shell.go(Screen.SHARE);
    }
}
