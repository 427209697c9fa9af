package dev.porthole.core.api;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Whose certificates a server may show: those of the authorities that Java trusts, and of those in one file more. It
 * adds to what is trusted; nothing takes the verification away.
 *
 * @param more certificates of authorities in PEM; null for none
 */
public record TrustedAuthorities(@Nullable Path more) {
    /** Names the file with a private authority's certificate. */
    public static final String VARIABLE = "PORTHOLE_CA_FILE";

    /** Those of this process: Java's, and {@value #VARIABLE}. */
    public static TrustedAuthorities ofThisProcess() {
        return of(System.getenv());
    }

    static TrustedAuthorities of(Map<String, String> environment) {
        String file = environment.get(VARIABLE);
        return new TrustedAuthorities(file == null || file.isBlank() ? null : Path.of(file));
    }

    /**
     * Judges a server's certificate, its name included where the connection asks for that.
     *
     * @throws IOException if the file holds no certificate; the message names it
     */
    public X509TrustManager trustManager() throws IOException {
        try {
            X509TrustManager usual = trusting(null);
            if (more == null) {
                return usual;
            }
            KeyStore all = KeyStore.getInstance(KeyStore.getDefaultType());
            all.load(null, null);
            int count = 0;
            for (X509Certificate known : usual.getAcceptedIssuers()) {
                all.setCertificateEntry("java-" + count++, known);
            }
            for (Certificate added : read(more)) {
                all.setCertificateEntry("added-" + count++, added);
            }
            return trusting(all);
        } catch (GeneralSecurityException broken) {
            throw new IOException("This Java has no working TLS: " + broken.getMessage(), broken);
        }
    }

    /** For clients of Java's own. */
    public SSLContext context() throws IOException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {trustManager()}, null);
            return context;
        } catch (GeneralSecurityException broken) {
            throw new IOException("This Java has no working TLS: " + broken.getMessage(), broken);
        }
    }

    private static Collection<? extends Certificate> read(Path file) throws IOException {
        Collection<? extends Certificate> found;
        try (InputStream in = Files.newInputStream(file)) {
            found = CertificateFactory.getInstance("X.509").generateCertificates(in);
        } catch (CertificateException notOne) {
            throw new IOException(VARIABLE + ": " + file + ": no certificate (expected: PEM)", notOne);
        } catch (IOException unreadable) {
            throw new IOException(
                    VARIABLE + ": " + file + ": can't be read (expected: certificates in PEM)", unreadable);
        }
        if (found.isEmpty()) {
            throw new IOException(VARIABLE + ": " + file + ": no certificate (expected: PEM)");
        }
        return found;
    }

    /** Null: Java's own. */
    private static X509TrustManager trusting(@Nullable KeyStore authorities) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(authorities);
        for (TrustManager manager : factory.getTrustManagers()) {
            if (manager instanceof X509TrustManager judge) {
                return judge;
            }
        }
        throw new GeneralSecurityException("no trust manager for X.509");
    }
}
