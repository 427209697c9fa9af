package dev.porthole.core.proxy;

import dev.porthole.core.api.InvalidEndpointException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which certificate an {@code https} endpoint may show: its user's choice, for this endpoint and no other. */
public sealed interface EndpointCertificate {
    /** One for the endpoint's host, of an authority that this computer trusts. What holds unless someone chose. */
    record Verified() implements EndpointCertificate {
        @Override
        public String toString() {
            return VERIFIED;
        }
    }

    /**
     * One with this very key, whoever signed it, whatever name and dates it has.
     *
     * @param pin {@code sha256/} and the base64 of the SHA-256 of the certificate's SubjectPublicKeyInfo (as RFC 7469,
     *     section 2.4 has it, and curl's {@code --pinnedpubkey})
     */
    record Pinned(String pin) implements EndpointCertificate {
        @Override
        public String toString() {
            return pin;
        }
    }

    /** Any: whoever listens there is taken for the app. */
    record Accepted() implements EndpointCertificate {
        @Override
        public String toString() {
            return ACCEPTED;
        }
    }

    /** How {@link Verified} is written. */
    String VERIFIED = "verify";

    /** How {@link Accepted} is written. */
    String ACCEPTED = "accept";

    /** What a pin looks like: 32 bytes in base64, which may begin with a slash of its own. One more is curl's. */
    Pattern PIN = Pattern.compile("sha256//?([A-Za-z0-9+/]{43}=)");

    /**
     * Reads what {@code toString} wrote, or a person typed. {@code sha256//}, as curl has it, is taken too.
     *
     * @throws InvalidEndpointException with one line that says what was given and what was expected
     */
    static EndpointCertificate parse(String text) {
        String given = text.strip();
        Matcher pin = PIN.matcher(given);
        if (pin.matches()) {
            return new Pinned("sha256/" + pin.group(1));
        }
        return switch (given.toLowerCase(Locale.ROOT)) {
            case VERIFIED -> new Verified();
            case ACCEPTED -> new Accepted();
            default ->
                throw new InvalidEndpointException("certificate: " + text + " (expected: " + VERIFIED + ", " + ACCEPTED
                        + ", or sha256/ and 44 characters of base64)");
        };
    }

    /** The pin of a certificate's key. */
    static String pinOf(X509Certificate certificate) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest(certificate.getPublicKey().getEncoded());
            return "sha256/" + Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("no SHA-256, which every Java has", impossible);
        }
    }
}
