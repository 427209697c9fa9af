package dev.porthole.core.discovery;

import java.util.Locale;
import java.util.Set;

/** Listeners that nobody wants to share: the system's own, and Porthole's. */
final class SystemNoise {
    private static final Set<String> PROCESSES = Set.of(
            "sshd",
            "systemd",
            "systemd-resolve",
            "systemd-resolved",
            "cupsd",
            "cups-browsed",
            "avahi-daemon",
            "rpcbind",
            "rpc.statd",
            "dnsmasq",
            "master",
            "exim4",
            "chronyd",
            "ntpd",
            "snapd",
            "containerd",
            "dockerd",
            "docker-proxy",
            "tailscaled",
            "gnome-remote-de",
            "kdeconnectd",
            "init",
            "launchd",
            "rapportd",
            "controlce",
            "controlcenter",
            "sharingd",
            "remoted",
            "mdnsresponder",
            "svchost",
            "lsass",
            "services",
            "wininit",
            "spoolsv",
            "system",
            "searchindexer",
            "jhi_service");
    private static final int FIRST_UNPRIVILEGED = 1024;
    private static final Set<Integer> WEB = Set.of(80, 443);

    private SystemNoise() {}

    static boolean is(String process, String command, int port, long pid) {
        if (pid == ProcessHandle.current().pid() || command.contains("dev.porthole.")) {
            return true;
        }
        if (PROCESSES.contains(process.toLowerCase(Locale.ROOT))) {
            return true;
        }
        // Without a name it belongs to another user; below 1024, to the system.
        return process.isEmpty() && port < FIRST_UNPRIVILEGED && !WEB.contains(port);
    }
}
