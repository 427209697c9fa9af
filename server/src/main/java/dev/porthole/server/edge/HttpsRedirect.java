package dev.porthole.server.edge;

import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Answers plain HTTP where only https is served: with the same address under https for requests that may be repeated,
 * with a refusal for the others. Nothing of them reaches a tunnel.
 *
 * @param port the port of the https address; null for the one that the visitor named
 */
record HttpsRedirect(
        Set<String> ownHosts, String tunnelDomain, @Nullable Integer port) implements Routing {
    private static final Set<HttpMethod> REPEATABLE = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);
    private static final int USUAL_PORT = 443;

    /** For the port that speaks TLS itself. */
    static HttpsRedirect samePort(EdgeSettings settings) {
        return new HttpsRedirect(settings.ownHosts(), settings.tunnelDomain(), null);
    }

    /** For a plain port beside the one that speaks TLS. */
    static HttpsRedirect toPort(EdgeSettings settings, int port) {
        return new HttpsRedirect(settings.ownHosts(), settings.tunnelDomain(), port);
    }

    @Override
    public @Nullable Exchange route(Visitor visitor, HttpRequest request) {
        try {
            if (request.decoderResult().isFailure()) {
                throw VisitorRouter.refusal(request.decoderResult().cause());
            }
            RequestTarget target = RequestTarget.of(request);
            if (!ownHosts.contains(target.host()) && !target.host().endsWith("." + tunnelDomain)) {
                visitor.page(EdgePage.notFound(target.host(), request));
                return null;
            }
            if (!REPEATABLE.contains(request.method()) || target.path().equals("*")) {
                throw new UnacceptableRequest(400, "This address speaks https:// and not http://.");
            }
            visitor.page(EdgePage.movedTo("https://" + authority(target) + target.path()));
        } catch (UnacceptableRequest refusal) {
            visitor.page(EdgePage.refusal(refusal, request));
        }
        return null;
    }

    private String authority(RequestTarget target) {
        if (port == null) {
            return target.authority();
        }
        return port == USUAL_PORT ? target.host() : target.host() + ":" + port;
    }
}
