package dev.porthole.server.config;

import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Everything that can be set, checked.
 *
 * @param dataDir the folder with the database and keys; made if it is not there
 * @param bind the address that visitors come in at; text, as it was given
 * @param port the public port; 0 takes a free one
 * @param baseUrl where the server itself is reached from outside; without one it is at {@code localhost}
 * @param tunnelDomain tunnels are at {@code <name>.<domain>}
 * @param ports the ports that tunnels may have of their own
 * @param logLevel the least important level that is logged
 */
public record ServerSettings(
        Path dataDir,
        String bind,
        int port,
        @Nullable URI baseUrl,
        String tunnelDomain,
        PortSettings ports,
        LogLevel logLevel) {
    /** With the ports that tunnels have by default. */
    public ServerSettings(
            Path dataDir, String bind, int port, @Nullable URI baseUrl, String tunnelDomain, LogLevel logLevel) {
        this(dataDir, bind, port, baseUrl, tunnelDomain, PortSettings.DEFAULT, logLevel);
    }

    /** The same with other ports for tunnels. */
    public ServerSettings with(PortSettings other) {
        return new ServerSettings(dataDir, bind, port, baseUrl, tunnelDomain, other, logLevel);
    }

    /** How much is logged. */
    public enum LogLevel {
        error,
        warn,
        info,
        debug
    }
}
