package dev.porthole.server.edge.tls;

import io.netty.util.NetUtil;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Signs certificates on P-256 (RFC 5280). */
final class Issuing {
    private static final Pattern HOST_NAME =
            Pattern.compile("(\\*\\.)?[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*");

    private static final SecureRandom RANDOM = new SecureRandom();

    /** Clocks differ: what is signed now is valid a little before. */
    private static final Duration SKEW = Duration.ofHours(1);

    private static final Duration AUTHORITY_VALID = Duration.ofDays(3650);

    private Issuing() {}

    static KeyPair newKey() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), RANDOM);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has P-256", impossible);
        }
    }

    static boolean isHostName(String name) {
        return name.length() <= 253 && HOST_NAME.matcher(name).matches();
    }

    /** A certificate that signs others, and no further authority. */
    static X509Certificate authority(KeyPair pair, Instant now) throws UnusableCertificateException {
        // Names of their own: two servers' authorities side by side must not be mixed up.
        byte[] mark = new byte[4];
        RANDOM.nextBytes(mark);
        X500Name name = new X500Name("CN=Porthole local CA " + HexFormat.of().formatHex(mark));
        try {
            JcaX509v3CertificateBuilder builder = builder(name, name, pair.getPublic(), now, now.plus(AUTHORITY_VALID));
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
            builder.addExtension(
                    Extension.subjectKeyIdentifier,
                    false,
                    new JcaX509ExtensionUtils().createSubjectKeyIdentifier(pair.getPublic()));
            return sign(builder, pair.getPrivate());
        } catch (GeneralSecurityException | IOException | OperatorCreationException failed) {
            throw new UnusableCertificateException("no authority could be made: " + failed.getMessage(), failed);
        }
    }

    /** A server's certificate for names and addresses. */
    static X509Certificate leaf(
            X509Certificate authority,
            PrivateKey authorityKey,
            PublicKey key,
            List<String> names,
            Instant now,
            Instant end) {
        GeneralName[] alternatives = names.stream()
                .map(name -> name.startsWith("[") ? name.substring(1, name.length() - 1) : name)
                .map(name -> NetUtil.createByteArrayFromIpAddressString(name) == null
                        ? new GeneralName(GeneralName.dNSName, name)
                        : new GeneralName(GeneralName.iPAddress, name))
                .toArray(GeneralName[]::new);
        X500Name issuer =
                X500Name.getInstance(authority.getSubjectX500Principal().getEncoded());
        try {
            JcaX509ExtensionUtils extensions = new JcaX509ExtensionUtils();
            JcaX509v3CertificateBuilder builder = builder(issuer, new X500Name("CN=Porthole"), key, now, end);
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
            builder.addExtension(
                    Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
            builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(alternatives));
            builder.addExtension(
                    Extension.authorityKeyIdentifier, false, extensions.createAuthorityKeyIdentifier(authority));
            builder.addExtension(Extension.subjectKeyIdentifier, false, extensions.createSubjectKeyIdentifier(key));
            return sign(builder, authorityKey);
        } catch (GeneralSecurityException | IOException | OperatorCreationException failed) {
            throw new IllegalStateException("no certificate could be signed for " + names, failed);
        }
    }

    private static JcaX509v3CertificateBuilder builder(
            X500Name issuer, X500Name subject, PublicKey key, Instant now, Instant end) {
        return new JcaX509v3CertificateBuilder(
                issuer,
                new BigInteger(127, RANDOM).setBit(126),
                Date.from(now.minus(SKEW)),
                Date.from(end),
                subject,
                key);
    }

    private static X509Certificate sign(JcaX509v3CertificateBuilder builder, PrivateKey key)
            throws OperatorCreationException, GeneralSecurityException {
        return new JcaX509CertificateConverter()
                .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(key)));
    }
}
