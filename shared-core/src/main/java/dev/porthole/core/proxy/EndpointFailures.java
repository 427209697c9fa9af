package dev.porthole.core.proxy;

import dev.porthole.core.api.Endpoint;
import dev.porthole.core.wire.PortholeError;
import io.netty.channel.ConnectTimeoutException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Why an endpoint gave no connection: in the wire's words, and in a sentence for its user. */
final class EndpointFailures {
    private EndpointFailures() {}

    static PortholeError errorOf(Throwable cause) {
        return switch (cause) {
            case ForbiddenAddressException _ -> PortholeError.ACCESS_DENIED;
            case ConnectTimeoutException _ -> PortholeError.ENDPOINT_TIMEOUT;
            default -> PortholeError.ENDPOINT_REFUSED;
        };
    }

    /** What happened and what to do, for whoever shares the endpoint; visitors are not told. */
    static String sentenceOf(Endpoint endpoint, Throwable cause) {
        UntrustedCertificateException untrusted = untrusted(cause);
        if (untrusted != null) {
            return "The certificate of " + endpoint + " " + untrusted.getMessage()
                    + ". If it is the right one, pin it (--certificate " + untrusted.pin()
                    + ") or accept any (--certificate " + EndpointCertificate.ACCEPTED + ") for this endpoint.";
        }
        return switch (cause) {
            case ForbiddenAddressException forbidden -> forbidden.getMessage() + ".";
            case NotHttp2Exception no -> no.getMessage() + ".";
            case ConnectTimeoutException _ -> endpoint + " did not answer in time.";
            case UnknownHostException unknown -> unknown.getMessage() + ".";
            case ConnectException _ -> endpoint + " refused the connection. Is the program running?";
            case SSLException broken ->
                endpoint + " made no TLS connection (" + broken.getMessage() + "). Does it speak https?";
            default -> endpoint + " gave no connection (" + cause.getMessage() + ").";
        };
    }

    private static @Nullable UntrustedCertificateException untrusted(Throwable cause) {
        for (Throwable next = cause; next != null; next = next.getCause()) {
            if (next instanceof UntrustedCertificateException untrusted) {
                return untrusted;
            }
        }
        return null;
    }
}
