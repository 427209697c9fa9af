package dev.porthole.server.edge.tls;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemWriter;

/** Certificates and keys in PEM files (RFC 7468). Keys in PKCS#8 and in the older forms for RSA and EC. */
final class PemFiles {
    private PemFiles() {}

    static List<X509Certificate> chain(Path file) throws UnusableCertificateException {
        List<X509Certificate> chain = new ArrayList<>();
        try (InputStream in = Files.newInputStream(file)) {
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                chain.add((X509Certificate) certificate);
            }
        } catch (IOException failed) {
            throw unreadable(file, failed);
        } catch (CertificateException notOne) {
            throw new UnusableCertificateException(file + ": no certificate (expected: PEM)", notOne);
        }
        if (chain.isEmpty()) {
            throw new UnusableCertificateException(file + ": no certificate (expected: PEM)");
        }
        return chain;
    }

    static PrivateKey key(Path file) throws UnusableCertificateException {
        try (Reader in = Files.newBufferedReader(file, StandardCharsets.US_ASCII);
                PEMParser parser = new PEMParser(in)) {
            JcaPEMKeyConverter converter = new JcaPEMKeyConverter();
            for (Object found = parser.readObject(); found != null; found = parser.readObject()) {
                if (found instanceof PrivateKeyInfo key) {
                    return converter.getPrivateKey(key);
                }
                if (found instanceof PEMKeyPair pair) {
                    return converter.getPrivateKey(pair.getPrivateKeyInfo());
                }
            }
        } catch (NoSuchFileException missing) {
            throw unreadable(file, missing);
        } catch (IOException failed) {
            throw new UnusableCertificateException(file + ": no private key that can be read", failed);
        }
        throw new UnusableCertificateException(file + ": no private key (expected: PEM, without a passphrase)");
    }

    static String text(X509Certificate certificate) throws IOException {
        try {
            return text("CERTIFICATE", certificate.getEncoded());
        } catch (CertificateException impossible) {
            throw new IOException("a certificate that can't be encoded", impossible);
        }
    }

    /** In PKCS#8. */
    static String text(PrivateKey key) throws IOException {
        return text("PRIVATE KEY", key.getEncoded());
    }

    private static String text(String label, byte[] encoded) throws IOException {
        StringWriter text = new StringWriter();
        try (PemWriter writer = new PemWriter(text)) {
            writer.writeObject(new PemObject(label, encoded));
        }
        return text.toString();
    }

    private static UnusableCertificateException unreadable(Path file, IOException failed) {
        String why = failed instanceof NoSuchFileException ? "no such file" : String.valueOf(failed.getMessage());
        return new UnusableCertificateException(file + ": can't be read: " + why, failed);
    }
}
