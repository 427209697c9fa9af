package dev.porthole.desktop.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.desktop.NotifySocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What systemd hears, at real sockets. */
class SystemdNotifyTest {
    private static final long PID = 4711;

    @TempDir
    private Path folder;

    private void isHeardAt(String address) throws Exception {
        try (NotifySocket systemd = NotifySocket.at(address);
                ServiceManager manager = ServiceManager.of(Map.of("NOTIFY_SOCKET", address), PID)) {
            manager.status("waiting\nREADY=1");
            assertThat(systemd.await("STATUS")).isEqualTo("STATUS=waiting READY=1");
            manager.ready();
            assertThat(systemd.await("")).isEqualTo("READY=1");
            manager.alive();
            assertThat(systemd.await("")).isEqualTo("WATCHDOG=1");
            manager.stopping();
            assertThat(systemd.await("")).isEqualTo("STOPPING=1");
        }
    }

    @Test
    @Tag("tools")
    void socketIsAPath() throws Exception {
        isHeardAt(folder.resolve("notify").toString());
    }

    @Test
    @Tag("tools")
    void socketHasAnAbstractName() throws Exception {
        isHeardAt("@porthole-test-" + UUID.randomUUID());
    }

    @Test
    void watchdogIsForTheProcessThatItNames() {
        String address = folder.resolve("nobody").toString();
        Map<String, String> mine =
                Map.of("NOTIFY_SOCKET", address, "WATCHDOG_USEC", "30000000", "WATCHDOG_PID", Long.toString(PID));
        try (ServiceManager manager = ServiceManager.of(mine, PID);
                ServiceManager other = ServiceManager.of(mine, PID + 1)) {
            assertThat(manager.watchdog()).contains(Duration.ofSeconds(30));
            assertThat(other.watchdog()).isEmpty();
        }
    }

    @Test
    void nobodyAtTheSocketAndNoSocketAreNoTrouble() {
        for (String address :
                new String[] {folder.resolve("nobody").toString(), "relative", "@", "", "/" + "x".repeat(200)}) {
            try (ServiceManager manager = ServiceManager.of(Map.of("NOTIFY_SOCKET", address), PID)) {
                manager.ready();
                manager.alive();
                assertThat(manager.watchdog()).isEmpty();
            }
        }
    }
}
