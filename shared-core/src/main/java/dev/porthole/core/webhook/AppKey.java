package dev.porthole.core.webhook;

import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.interfaces.RSAPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A GitHub App's private key. Never shown: not by {@code toString}, and in no message. */
public final class AppKey {
    /** RFC 7468, sections 10 and 13 (PKCS#8 and, by its old name, PKCS#1). */
    private static final Pattern PEM = Pattern.compile(
            "-----BEGIN ((?:RSA |ENCRYPTED |EC |OPENSSH )?PRIVATE KEY)-----([A-Za-z0-9+/=\\s]*)-----END \\1-----");

    /** RFC 5208, section 5: version 0 and the algorithm rsaEncryption (RFC 8017, appendix A.1), DER. */
    private static final byte[] VERSION_AND_ALGORITHM = HexFormat.of().parseHex("020100300d06092a864886f70d0101010500");

    private static final int SEQUENCE = 0x30;
    private static final int OCTET_STRING = 0x04;

    private final RSAPrivateKey key;

    private AppKey(RSAPrivateKey key) {
        this.key = key;
    }

    /**
     * Reads PEM: PKCS#1, which GitHub gives, or PKCS#8. Line ends may be written as {@code \n}, as files of environment
     * variables do.
     *
     * @throws IllegalArgumentException with one line that says what was expected, and nothing of what was given
     */
    public static AppKey parse(String pem) {
        Matcher found = PEM.matcher(pem.replace("\\n", "\n"));
        if (!found.find()) {
            throw unusable("no private key in PEM", null);
        }
        try {
            byte[] der = Base64.getMimeDecoder().decode(found.group(2));
            byte[] pkcs8 = switch (found.group(1)) {
                case "PRIVATE KEY" -> der;
                case "RSA PRIVATE KEY" -> wrapped(der);
                default -> throw unusable("a key of another kind (" + found.group(1) + ")", null);
            };
            PrivateKey read = KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
            if (read instanceof RSAPrivateKey rsa && rsa.getModulus().bitLength() >= 2048) {
                return new AppKey(rsa);
            }
            throw unusable("an RSA key of less than 2048 bits", null);
        } catch (GeneralSecurityException broken) {
            throw unusable("a broken key", broken);
        }
    }

    RSAPrivateKey key() {
        return key;
    }

    @Override
    public String toString() {
        return "AppKey[RSA, " + key.getModulus().bitLength() + " bits]";
    }

    /** A PKCS#1 key as PKCS#8, which Java reads. */
    private static byte[] wrapped(byte[] pkcs1) {
        ByteArrayOutputStream inner = new ByteArrayOutputStream();
        inner.writeBytes(VERSION_AND_ALGORITHM);
        append(inner, OCTET_STRING, pkcs1);
        ByteArrayOutputStream outer = new ByteArrayOutputStream();
        append(outer, SEQUENCE, inner.toByteArray());
        return outer.toByteArray();
    }

    /** A tag, a length and the content (X.690, section 8.1.3). */
    private static void append(ByteArrayOutputStream to, int tag, byte[] content) {
        to.write(tag);
        int length = content.length;
        if (length < 0x80) {
            to.write(length);
        } else if (length < 0x100) {
            to.write(0x81);
            to.write(length);
        } else {
            to.write(0x82);
            to.write(length >> 8);
            to.write(length);
        }
        to.writeBytes(content);
    }

    private static IllegalArgumentException unusable(String what, @org.jspecify.annotations.Nullable Throwable cause) {
        return new IllegalArgumentException(
                "the app's private key: " + what
                        + " (expected: the .pem file that the app's settings page made, PKCS#1 or PKCS#8, without a"
                        + " passphrase)",
                cause);
    }
}
