package dev.porthole.core.proxy;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Judges the certificate that an endpoint shows by its user's choice, and says what is wrong with one that it refuses.
 * Stateless: any thread.
 */
final class CertificateCheck extends X509ExtendedTrustManager {
    private static final int IP_ADDRESS = 7;
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "0:0:0:0:0:0:0:1");

    private final EndpointCertificate wanted;
    private final X509ExtendedTrustManager system;
    private final boolean loopback;

    /**
     * @param system verifies chains, and names where the engine asks for it
     * @param loopback whether the endpoint is this computer: its addresses are names of it then
     */
    CertificateCheck(EndpointCertificate wanted, X509ExtendedTrustManager system, boolean loopback) {
        this.wanted = wanted;
        this.system = system;
        this.loopback = loopback;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        switch (wanted) {
            case EndpointCertificate.Accepted _ -> {}
            case EndpointCertificate.Pinned(String pin) -> checkPin(chain[0], pin);
            case EndpointCertificate.Verified _ -> verify(chain, authType, engine);
        }
    }

    private static void checkPin(X509Certificate shown, String pin) throws UntrustedCertificateException {
        String its = EndpointCertificate.pinOf(shown);
        if (!its.equals(pin)) {
            throw new UntrustedCertificateException("has another key than the pinned one (" + pin + ")", its);
        }
    }

    private void verify(X509Certificate[] chain, String authType, SSLEngine engine) throws CertificateException {
        try {
            system.checkServerTrusted(chain, authType, engine);
        } catch (CertificateException refused) {
            if (!isTrustedApartFromItsName(chain, authType)) {
                throw new UntrustedCertificateException(
                        whatIsWrong(chain[0]), EndpointCertificate.pinOf(chain[0]), refused);
            }
            if (!loopback || !namesLoopback(chain[0])) {
                throw new UntrustedCertificateException(
                        "is for other names than " + engine.getPeerHost(),
                        EndpointCertificate.pinOf(chain[0]),
                        refused);
            }
        }
    }

    private boolean isTrustedApartFromItsName(X509Certificate[] chain, String authType) {
        try {
            system.checkServerTrusted(chain, authType);
            return true;
        } catch (CertificateException untrusted) {
            return false;
        }
    }

    /** An endpoint's normal form calls all of loopback {@code localhost}; a certificate may call it by its address. */
    private static boolean namesLoopback(X509Certificate shown) throws CertificateException {
        Collection<List<?>> names = shown.getSubjectAlternativeNames();
        return names != null
                && names.stream()
                        .anyMatch(name -> name.getFirst().equals(IP_ADDRESS) && LOOPBACK.contains(name.getLast()));
    }

    private static String whatIsWrong(X509Certificate shown) {
        try {
            shown.checkValidity();
        } catch (CertificateExpiredException over) {
            return "has expired on " + shown.getNotAfter().toInstant();
        } catch (CertificateNotYetValidException early) {
            return "is not valid before " + shown.getNotBefore().toInstant();
        }
        if (shown.getSubjectX500Principal().equals(shown.getIssuerX500Principal())) {
            return "is signed by itself alone";
        }
        return "is signed by nobody whom this computer trusts ("
                + shown.getIssuerX500Principal().getName() + ")";
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw noEngine();
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        throw noEngine();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw noEngine();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        throw noEngine();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        throw noEngine();
    }

    private static CertificateException noEngine() {
        return new CertificateException("a check without the connection that it is for (expected: an engine's, of a"
                + " server's certificate)");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
