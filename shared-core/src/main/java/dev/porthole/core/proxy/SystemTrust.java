package dev.porthole.core.proxy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The authorities that this computer trusts: those that Java brings, and those of the system, where people and their
 * companies add their own. Loading takes some 100 ms and reads files: never on an event loop.
 */
final class SystemTrust {
    private static final Logger LOG = LoggerFactory.getLogger(SystemTrust.class);

    /** Where distributions keep all of them in one file. */
    private static final List<Path> BUNDLES = List.of(
            Path.of("/etc/ssl/certs/ca-certificates.crt"),
            Path.of("/etc/pki/tls/certs/ca-bundle.crt"),
            Path.of("/etc/ssl/ca-bundle.pem"),
            Path.of("/etc/ssl/cert.pem"));

    /** Windows' and macOS' own, where this Java has them. */
    private static final List<String> SYSTEM_STORES = List.of("Windows-ROOT", "KeychainStore-ROOT", "KeychainStore");

    private SystemTrust() {}

    /** Verifies against all of them. */
    static X509ExtendedTrustManager load() throws GeneralSecurityException, IOException {
        return trusting(authorities());
    }

    /** Verifies against these alone. */
    static X509ExtendedTrustManager trusting(Collection<X509Certificate> authorities)
            throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        int number = 0;
        for (X509Certificate authority : authorities) {
            store.setCertificateEntry(Integer.toString(number++), authority);
        }
        return managerOf(store);
    }

    private static List<X509Certificate> authorities() throws GeneralSecurityException {
        List<X509Certificate> all = new ArrayList<>(List.of(managerOf(null).getAcceptedIssuers()));
        for (String type : SYSTEM_STORES) {
            try {
                KeyStore store = KeyStore.getInstance(type);
                store.load(null, null);
                all.addAll(List.of(managerOf(store).getAcceptedIssuers()));
            } catch (GeneralSecurityException | IOException none) {
                LOG.trace("no certificates of {}", type, none);
            }
        }
        Optional<Path> bundle = BUNDLES.stream().filter(Files::isReadable).findFirst();
        if (bundle.isPresent()) {
            try (InputStream in = Files.newInputStream(bundle.get())) {
                for (Certificate authority :
                        CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                    all.add((X509Certificate) authority);
                }
            } catch (GeneralSecurityException | IOException unreadable) {
                LOG.warn("{} can't be read: {}", bundle.get(), unreadable.getMessage());
            }
        }
        return all;
    }

    private static X509ExtendedTrustManager managerOf(@Nullable KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        for (TrustManager manager : factory.getTrustManagers()) {
            if (manager instanceof X509ExtendedTrustManager extended) {
                return extended;
            }
        }
        throw new GeneralSecurityException("this Java verifies no X.509 certificates");
    }
}
