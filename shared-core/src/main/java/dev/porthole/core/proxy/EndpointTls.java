package dev.porthole.core.proxy;

import dev.porthole.core.api.Endpoint;
import io.netty.channel.EventLoop;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * TLS towards endpoints, a context for each choice of certificate: what was trusted by one is never resumed by another.
 * On the event loop only; certificates are read on a virtual thread.
 */
final class EndpointTls {
    private record Kind(EndpointCertificate certificate, boolean loopback, boolean http2) {}

    private final Map<Kind, Promise<SslContext>> contexts = new HashMap<>();
    private final Callable<X509ExtendedTrustManager> trust;
    private volatile @Nullable X509ExtendedTrustManager loaded;

    /** {@code trust}: how certificates are verified; called once, may block. */
    EndpointTls(Callable<X509ExtendedTrustManager> trust) {
        this.trust = trust;
    }

    /**
     * The context for a tunnel's endpoint.
     *
     * @param http2 whether to offer HTTP/2 beside HTTP/1.1 (RFC 7301)
     */
    Future<SslContext> context(CarriedTunnel tunnel, boolean http2, EventLoop loop) {
        Endpoint endpoint = tunnel.endpoint();
        Kind kind = new Kind(tunnel.certificate(), endpoint.isLoopback(), http2);
        Promise<SslContext> known = contexts.get(kind);
        if (known != null) {
            return known;
        }
        Promise<SslContext> made = loop.newPromise();
        contexts.put(kind, made);
        made.addListener(done -> {
            if (!done.isSuccess()) {
                contexts.remove(kind, made);
            }
        });
        Thread.ofVirtual().name("endpoint-certificates").start(() -> {
            try {
                made.trySuccess(make(kind));
            } catch (Exception unusable) {
                made.tryFailure(new IOException("certificates can't be checked: " + unusable.getMessage(), unusable));
            }
        });
        return made;
    }

    private SslContext make(Kind kind) throws Exception {
        SslContextBuilder builder = SslContextBuilder.forClient()
                .sslProvider(SslProvider.JDK)
                .trustManager(new CertificateCheck(kind.certificate(), system(), kind.loopback()))
                .applicationProtocolConfig(offer(kind.http2()));
        boolean named = kind.certificate() instanceof EndpointCertificate.Verified;
        return builder.endpointIdentificationAlgorithm(named ? "HTTPS" : null).build();
    }

    /** Two threads may load it at once: the same authorities, twice. */
    private X509ExtendedTrustManager system() throws Exception {
        X509ExtendedTrustManager manager = loaded;
        if (manager == null) {
            manager = trust.call();
            loaded = manager;
        }
        return manager;
    }

    private static ApplicationProtocolConfig offer(boolean http2) {
        String[] protocols = http2
                ? new String[] {ApplicationProtocolNames.HTTP_2, ApplicationProtocolNames.HTTP_1_1}
                : new String[] {ApplicationProtocolNames.HTTP_1_1};
        return new ApplicationProtocolConfig(
                ApplicationProtocolConfig.Protocol.ALPN,
                ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
                ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
                protocols);
    }

    /** What is used unless a test has authorities of its own. */
    static X509ExtendedTrustManager ofThisComputer() throws GeneralSecurityException, IOException {
        return SystemTrust.load();
    }
}
