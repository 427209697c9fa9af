package dev.porthole.server.edge.tls;

import io.netty.handler.ssl.SslContext;
import java.security.cert.X509Certificate;
import org.jspecify.annotations.Nullable;

/**
 * Gives a certificate for a name. What it gives may change at any time: files are replaced, certificates are renewed.
 * Safe from any thread; {@link #forName} is called on an event loop and never waits.
 */
public interface Certificates extends AutoCloseable {
    /**
     * One certificate, ready to be served.
     *
     * @param context with TLS 1.3 and 1.2, and {@code h2} and {@code http/1.1} by ALPN
     * @param leaf the server's own certificate in it
     */
    record Served(SslContext context, X509Certificate leaf) {}

    /** What to serve to whoever asks for this name (RFC 6066, section 3), or for none. */
    Served forName(@Nullable String serverName);

    /** Ends what watches over them. */
    @Override
    default void close() {}
}
