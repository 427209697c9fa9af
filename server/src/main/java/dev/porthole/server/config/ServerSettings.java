package dev.porthole.server.config;

import dev.porthole.server.edge.TrustedProxies;
import dev.porthole.server.store.DatabaseUrl;
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
 * @param log what is logged
 * @param trustedProxies whose word about the visitors behind them is believed
 * @param limits what visitors, tunnels and agents may take
 * @param tls whether visitors come over TLS, and with which certificate
 * @param signIn how people sign in to the pages
 * @param quota how much projects and people may have
 * @param database a PostgreSQL; null for the data folder's own database
 */
public record ServerSettings(
        Path dataDir,
        String bind,
        int port,
        @Nullable URI baseUrl,
        String tunnelDomain,
        PortSettings ports,
        LogSettings log,
        TrustedProxies trustedProxies,
        LimitSettings limits,
        TlsSettings tls,
        SignInSettings signIn,
        QuotaSettings quota,
        @Nullable DatabaseUrl database) {
    /** With the ports that tunnels have by default, nobody trusted, the usual limits, without TLS, and on SQLite. */
    public ServerSettings(
            Path dataDir, String bind, int port, @Nullable URI baseUrl, String tunnelDomain, LogLevel logLevel) {
        this(
                dataDir,
                bind,
                port,
                baseUrl,
                tunnelDomain,
                PortSettings.DEFAULT,
                LogSettings.of(logLevel),
                TrustedProxies.NONE,
                LimitSettings.DEFAULT,
                TlsSettings.OFF,
                SignInSettings.DEFAULT,
                QuotaSettings.DEFAULT,
                null);
    }

    /** The same with other ports for tunnels. */
    public ServerSettings with(PortSettings other) {
        return new ServerSettings(
                dataDir,
                bind,
                port,
                baseUrl,
                tunnelDomain,
                other,
                log,
                trustedProxies,
                limits,
                tls,
                signIn,
                quota,
                database);
    }

    /** The same with another database. */
    public ServerSettings with(DatabaseUrl other) {
        return new ServerSettings(
                dataDir,
                bind,
                port,
                baseUrl,
                tunnelDomain,
                ports,
                log,
                trustedProxies,
                limits,
                tls,
                signIn,
                quota,
                other);
    }

    /** How much is logged. */
    public enum LogLevel {
        error,
        warn,
        info,
        debug
    }
}
