package dev.porthole.server.edge.tls;

import dev.porthole.server.relay.SecureDial;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * TLS to the server's own listener: asks for a name like a visitor, and trusts the one certificate that is served for
 * that name and no other, whoever signed it. Blocking; safe from any thread.
 */
public record PinnedDial(Certificates certificates) implements SecureDial {
    @Override
    public Socket secure(Socket connected, String host) throws IOException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new OnlyServed(host)}, null);
            SSLSocket secured =
                    (SSLSocket) context.getSocketFactory().createSocket(connected, host, connected.getPort(), true);
            SSLParameters parameters = secured.getSSLParameters();
            parameters.setServerNames(List.of(new SNIHostName(host)));
            secured.setSSLParameters(parameters);
            secured.startHandshake();
            return secured;
        } catch (GeneralSecurityException noTls) {
            throw new IOException("no TLS on this Java: " + noTls.getMessage(), noTls);
        }
    }

    /** Trusts what is served for one name. */
    private final class OnlyServed extends X509ExtendedTrustManager {
        private final String host;

        OnlyServed(String host) {
            this.host = host;
        }

        private void check(X509Certificate[] chain) throws CertificateException {
            if (chain.length == 0 || !chain[0].equals(certificates.forName(host).leaf())) {
                throw new CertificateException("not the certificate that this server serves for " + host);
            }
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
            check(chain);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
                throws CertificateException {
            check(chain);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                throws CertificateException {
            check(chain);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
            throw new CertificateException("no clients here");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
                throws CertificateException {
            throw new CertificateException("no clients here");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                throws CertificateException {
            throw new CertificateException("no clients here");
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
