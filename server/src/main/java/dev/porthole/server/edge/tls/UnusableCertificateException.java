package dev.porthole.server.edge.tls;

/** A certificate or its key can't be served; the message says which and why. */
public final class UnusableCertificateException extends Exception {
    private static final long serialVersionUID = 1L;

    UnusableCertificateException(String message) {
        super(message);
    }

    UnusableCertificateException(String message, Throwable cause) {
        super(message, cause);
    }
}
