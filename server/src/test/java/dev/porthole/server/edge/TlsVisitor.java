package dev.porthole.server.edge;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Connects over TLS like a browser that trusts one authority: names are checked, SNI and ALPN are the test's. */
record TlsVisitor(X509Certificate authority) {
    /** A connection for {@code name}; without SNI if it is null, and then the certificate's name is not checked. */
    SSLSocket connect(InetSocketAddress edge, @Nullable String name, String... protocols)
            throws IOException, GeneralSecurityException {
        Socket plain = RawHttp2.connected(edge);
        SSLSocket socket = (SSLSocket) context().getSocketFactory().createSocket(plain, name, edge.getPort(), true);
        SSLParameters parameters = socket.getSSLParameters();
        if (name != null) {
            parameters.setServerNames(List.of(new SNIHostName(name)));
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
        }
        parameters.setApplicationProtocols(protocols);
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    private SSLContext context() throws GeneralSecurityException, IOException {
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        trusted.setCertificateEntry("authority", authority);
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
