package dev.porthole.core.proxy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Certificates of an authority that is a test's own. */
public final class TestCertificates {
    private static final AtomicLong SERIAL = new AtomicLong(1);
    private static final char[] NO_PASSWORD = new char[0];

    /** A key with its certificate. */
    public record Identity(KeyPair keys, X509Certificate certificate) {
        String pin() {
            return EndpointCertificate.pinOf(certificate);
        }

        /** A listener on loopback that shows it. */
        public ServerSocket listen() throws Exception {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            store.setKeyEntry("app", keys.getPrivate(), NO_PASSWORD, new Certificate[] {certificate});
            KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            managers.init(store, NO_PASSWORD);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(managers.getKeyManagers(), null, null);
            return context.getServerSocketFactory()
                    .createServerSocket(0, 50, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
        }

        InputStream certificatePem() throws IOException {
            return pem(certificate);
        }

        InputStream keyPem() throws IOException {
            return pem(new org.bouncycastle.openssl.jcajce.JcaPKCS8Generator(keys.getPrivate(), null));
        }

        private static InputStream pem(Object what) throws IOException {
            StringWriter text = new StringWriter();
            try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
                writer.writeObject(what);
            }
            return new ByteArrayInputStream(text.toString().getBytes(StandardCharsets.US_ASCII));
        }
    }

    private final Identity authority;

    public TestCertificates() throws Exception {
        authority = certificate("CN=Test authority", null, null, Instant.now().plus(Duration.ofDays(1)));
    }

    public X509Certificate authority() {
        return authority.certificate();
    }

    /** As a file holds it. */
    public static byte[] pem(X509Certificate certificate) throws IOException {
        return Identity.pem(certificate).readAllBytes();
    }

    /** For one name of a server: {@code localhost}, or an address. */
    public Identity issue(String name) throws Exception {
        return issue(name, Instant.now().plus(Duration.ofDays(1)));
    }

    public Identity issue(String name, Instant until) throws Exception {
        return certificate("CN=" + name, name, authority, until);
    }

    /** Signed by itself, for {@code localhost}. */
    public static Identity selfSigned() throws Exception {
        return certificate("CN=localhost", "localhost", null, Instant.now().plus(Duration.ofDays(1)));
    }

    private static Identity certificate(
            String subject,
            @org.jspecify.annotations.Nullable String name,
            @org.jspecify.annotations.Nullable Identity issuer,
            Instant until)
            throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        KeyPair keys = generator.generateKeyPair();
        X500Name signedBy = new X500Name(
                issuer == null
                        ? subject
                        : issuer.certificate().getSubjectX500Principal().getName());
        X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                signedBy,
                BigInteger.valueOf(SERIAL.getAndIncrement()),
                Date.from(until.minus(Duration.ofDays(30))),
                Date.from(until),
                new X500Name(subject),
                keys.getPublic());
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(name == null));
        if (name != null) {
            int kind = Character.isDigit(name.charAt(0)) ? GeneralName.iPAddress : GeneralName.dNSName;
            builder.addExtension(
                    Extension.subjectAlternativeName, false, new GeneralNames(new GeneralName(kind, name)));
        }
        KeyPair signing = issuer == null ? keys : issuer.keys();
        return new Identity(
                keys,
                new JcaX509CertificateConverter()
                        .getCertificate(builder.build(
                                new JcaContentSignerBuilder("SHA256withECDSA").build(signing.getPrivate()))));
    }
}
