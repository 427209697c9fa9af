package dev.porthole.server;

import dev.porthole.server.config.ServerSettings;
import dev.porthole.server.config.TlsSettings;
import dev.porthole.server.edge.tls.Certificates;
import dev.porthole.server.edge.tls.FileCertificates;
import dev.porthole.server.edge.tls.LocalAuthority;
import dev.porthole.server.edge.tls.UnusableCertificateException;
import dev.porthole.server.store.StoreException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Objects;

/** Where the certificates come from that the settings ask for. */
final class ServedCertificates {
    private ServedCertificates() {}

    /**
     * Opens them.
     *
     * @throws StoreException if there is nothing to serve
     */
    static Certificates open(ServerSettings settings, Path dataFolder) {
        TlsSettings tls = settings.tls();
        try {
            return switch (tls.mode()) {
                case FILES ->
                    FileCertificates.open(
                            Objects.requireNonNull(tls.certificate()),
                            Objects.requireNonNull(tls.key()),
                            FileCertificates.INTERVAL);
                case LOCAL_CA ->
                    LocalAuthority.in(
                            dataFolder,
                            Addresses.ownHosts(settings.baseUrl()),
                            settings.tunnelDomain(),
                            Clock.systemUTC());
                case OFF -> throw new IllegalStateException("TLS is off");
            };
        } catch (UnusableCertificateException unusable) {
            throw new StoreException("tls: " + unusable.getMessage(), unusable);
        }
    }
}
