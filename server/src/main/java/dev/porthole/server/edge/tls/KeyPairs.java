package dev.porthole.server.edge.tls;

import io.netty.handler.codec.http2.Http2SecurityUtil;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLException;

/** Makes a certificate and its key ready to be served, if they belong together. */
final class KeyPairs {
    private static final ApplicationProtocolConfig ALPN = new ApplicationProtocolConfig(
            Protocol.ALPN,
            SelectorFailureBehavior.NO_ADVERTISE,
            SelectedListenerFailureBehavior.ACCEPT,
            ApplicationProtocolNames.HTTP_2,
            ApplicationProtocolNames.HTTP_1_1);

    private KeyPairs() {}

    /**
     * @param chain the leaf first
     * @throws UnusableCertificateException if they don't belong together, or TLS does not take them
     */
    static Certificates.Served served(PrivateKey key, List<X509Certificate> chain) throws UnusableCertificateException {
        X509Certificate leaf = chain.getFirst();
        if (!belongTogether(key, leaf.getPublicKey())) {
            throw new UnusableCertificateException("certificate and key do not belong together");
        }
        try {
            return new Certificates.Served(
                    SslContextBuilder.forServer(key, chain.toArray(new X509Certificate[0]))
                            .sslProvider(provider())
                            .protocols("TLSv1.3", "TLSv1.2")
                            .ciphers(Http2SecurityUtil.CIPHERS, SupportedCipherSuiteFilter.INSTANCE)
                            .applicationProtocolConfig(ALPN)
                            .build(),
                    leaf);
        } catch (SSLException refused) {
            throw new UnusableCertificateException(String.valueOf(refused.getMessage()), refused);
        }
    }

    /** BoringSSL where its native library is there, Java's own TLS elsewhere. */
    private static SslProvider provider() {
        return OpenSsl.isAvailable() && SslProvider.isAlpnSupported(SslProvider.OPENSSL)
                ? SslProvider.OPENSSL
                : SslProvider.JDK;
    }

    private static boolean belongTogether(PrivateKey key, PublicKey certified) throws UnusableCertificateException {
        String algorithm = switch (certified.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            case "Ed25519", "EdDSA" -> "Ed25519";
            default ->
                throw new UnusableCertificateException(
                        "a key of type " + certified.getAlgorithm() + " (expected: RSA, EC or Ed25519)");
        };
        try {
            byte[] nonce = new byte[32];
            new SecureRandom().nextBytes(nonce);
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(key);
            signature.update(nonce);
            byte[] signed = signature.sign();
            signature.initVerify(certified);
            signature.update(nonce);
            return signature.verify(signed);
        } catch (GeneralSecurityException different) {
            return false;
        }
    }
}
