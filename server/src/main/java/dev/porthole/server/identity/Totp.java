package dev.porthole.server.identity;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Time-based one-time passwords (RFC 6238) as all authenticator apps know them: SHA-1, six digits, 30 seconds. */
final class Totp {
    static final Duration STEP = Duration.ofSeconds(30);
    static final int SEED_BYTES = 20;

    /** Steps before and after the present one: clocks differ, and people type slowly (section 5.2). */
    private static final int TOLERANCE = 1;

    private static final Pattern CODE = Pattern.compile("[0-9]{6}");

    private Totp() {}

    /** The code of a step. */
    static String code(byte[] seed, long step) {
        byte[] hash = hmac(seed, ByteBuffer.allocate(Long.BYTES).putLong(step).array());
        int offset = hash[hash.length - 1] & 0xf;
        int number = ByteBuffer.wrap(hash, offset, Integer.BYTES).getInt() & 0x7fff_ffff;
        return String.format(Locale.ROOT, "%06d", number % 1_000_000);
    }

    /** The step whose code this is, among those that are taken now. */
    static OptionalLong stepOf(byte[] seed, String code, Instant now) {
        if (!CODE.matcher(code).matches()) {
            return OptionalLong.empty();
        }
        OptionalLong found = OptionalLong.empty();
        long present = stepAt(now);
        for (long step = present - TOLERANCE; step <= present + TOLERANCE; step++) {
            if (OpaqueToken.same(code(seed, step), code)) {
                found = OptionalLong.of(step);
            }
        }
        return found;
    }

    static long stepAt(Instant time) {
        return time.getEpochSecond() / STEP.toSeconds();
    }

    private static byte[] hmac(byte[] seed, byte[] message) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(seed, "HmacSHA1"));
            return mac.doFinal(message);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("HMAC-SHA1 is part of every Java", impossible);
        }
    }
}
