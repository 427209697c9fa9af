package dev.porthole.core.proxy;

import java.security.cert.CertificateException;

/** An endpoint showed a certificate that its user's choice does not cover. The message says why, for people. */
final class UntrustedCertificateException extends CertificateException {
    private static final long serialVersionUID = 1L;

    private final String pin;

    UntrustedCertificateException(String why, String pin, Throwable cause) {
        super(why, cause);
        this.pin = pin;
    }

    UntrustedCertificateException(String why, String pin) {
        super(why);
        this.pin = pin;
    }

    /** What would pin the certificate that was shown. */
    String pin() {
        return pin;
    }
}
