package dev.porthole.server.identity;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Base64;
import java.util.concurrent.Semaphore;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.jspecify.annotations.Nullable;

/**
 * Passwords as Argon2id (RFC 9106), 19 MiB of memory, two passes, one lane: the first choice of OWASP's Password
 * Storage Cheat Sheet. Kept in the PHC string format, so that parameters can rise later. Two run at once at most: the
 * others wait, and memory stays bounded. Safe from any thread.
 */
final class PasswordHash {
    private static final int MEMORY_KIB = 19 * 1024;
    private static final int PASSES = 2;
    private static final int LANES = 1;
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final Pattern PHC =
            Pattern.compile("\\$argon2id\\$v=19\\$m=(\\d{1,7}),t=(\\d{1,3}),p=(\\d{1,2})\\$([^$]+)\\$([^$]+)");
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Semaphore RUNNING = new Semaphore(2);

    /** Of no password: who asks for an account that isn't there waits as long as the others. */
    private static final String OF_NOBODY = of(OpaqueToken.next(""));

    private PasswordHash() {}

    /** A salted hash to keep. */
    static String of(String password) {
        byte[] salt = new byte[SALT_BYTES];
        RANDOM.nextBytes(salt);
        Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
        return "$argon2id$v=19$m=" + MEMORY_KIB + ",t=" + PASSES + ",p=" + LANES + "$" + base64.encodeToString(salt)
                + "$" + base64.encodeToString(compute(password, salt, MEMORY_KIB, PASSES, LANES, HASH_BYTES));
    }

    /**
     * Whether this is the password.
     *
     * @param kept what {@link #of} gave; null (no such account, or one without a password) takes the same time and is
     *     never right
     */
    static boolean matches(String password, @Nullable String kept) {
        Matcher phc = PHC.matcher(kept == null ? OF_NOBODY : kept);
        if (!phc.matches()) {
            return false;
        }
        byte[] expected = Base64.getDecoder().decode(phc.group(5));
        byte[] actual = compute(
                password,
                Base64.getDecoder().decode(phc.group(4)),
                Integer.parseInt(phc.group(1)),
                Integer.parseInt(phc.group(2)),
                Integer.parseInt(phc.group(3)),
                expected.length);
        return MessageDigest.isEqual(expected, actual) && kept != null;
    }

    private static byte[] compute(String password, byte[] salt, int memory, int passes, int lanes, int length) {
        // The same password comes from every keyboard (NIST SP 800-63B section 5.1.1.2).
        byte[] bytes = Normalizer.normalize(password, Normalizer.Form.NFKC).getBytes(StandardCharsets.UTF_8);
        byte[] hash = new byte[length];
        RUNNING.acquireUninterruptibly();
        try {
            Argon2BytesGenerator argon2 = new Argon2BytesGenerator();
            argon2.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                    .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                    .withMemoryAsKB(memory)
                    .withIterations(passes)
                    .withParallelism(lanes)
                    .withSalt(salt)
                    .build());
            argon2.generateBytes(bytes, hash);
            return hash;
        } finally {
            RUNNING.release();
            Arrays.fill(bytes, (byte) 0);
        }
    }
}
