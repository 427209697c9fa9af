package dev.porthole.core.api;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.KeyManagementException;
import java.security.SecureRandom;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * TLS that is made ready for the first connection that speaks it. The JDK's client wants one when it is made; reading
 * all authorities that Java trusts takes longer than a whole question to a server of this computer, which needs none of
 * them. Any thread.
 */
final class TlsOnDemand extends SSLContext {
    private final Made made;

    TlsOnDemand(TrustedAuthorities trusted) {
        this(new Made(trusted));
    }

    private TlsOnDemand(Made made) {
        super(made, null, "TLS");
        this.made = made;
    }

    /**
     * Makes it ready, before a connection needs it.
     *
     * @throws IOException what is wrong with the trusted authorities
     */
    void prepare() throws IOException {
        SSLContext _ = made.context();
    }

    /** What the JDK's client would ask of a context that is ready (JEP 321): these versions, and all else as usual. */
    static SSLParameters parameters() {
        return new SSLParameters(null, new String[] {"TLSv1.3", "TLSv1.2"});
    }

    private static final class Made extends SSLContextSpi {
        private final TrustedAuthorities trusted;
        private @Nullable SSLContext context;

        Made(TrustedAuthorities trusted) {
            this.trusted = trusted;
        }

        synchronized SSLContext context() throws IOException {
            SSLContext ready = context;
            if (ready == null) {
                ready = trusted.context();
                context = ready;
            }
            return ready;
        }

        private SSLContext ready() {
            try {
                return context();
            } catch (IOException broken) {
                // prepare() has said it to whoever asked.
                throw new UncheckedIOException(broken);
            }
        }

        @Override
        protected void engineInit(KeyManager[] keys, TrustManager[] trust, SecureRandom random)
                throws KeyManagementException {
            throw new KeyManagementException("it makes itself ready");
        }

        @Override
        protected SSLEngine engineCreateSSLEngine() {
            return ready().createSSLEngine();
        }

        @Override
        protected SSLEngine engineCreateSSLEngine(String host, int port) {
            return ready().createSSLEngine(host, port);
        }

        @Override
        protected SSLSocketFactory engineGetSocketFactory() {
            return ready().getSocketFactory();
        }

        @Override
        protected SSLServerSocketFactory engineGetServerSocketFactory() {
            return ready().getServerSocketFactory();
        }

        @Override
        protected SSLSessionContext engineGetServerSessionContext() {
            return ready().getServerSessionContext();
        }

        @Override
        protected SSLSessionContext engineGetClientSessionContext() {
            return ready().getClientSessionContext();
        }

        @Override
        protected SSLParameters engineGetDefaultSSLParameters() {
            return ready().getDefaultSSLParameters();
        }

        @Override
        protected SSLParameters engineGetSupportedSSLParameters() {
            return ready().getSupportedSSLParameters();
        }
    }
}
