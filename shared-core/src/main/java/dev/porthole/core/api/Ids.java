package dev.porthole.core.api;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Makes ids: a prefix that says what it names, and 128 random bits. */
public final class Ids {
    private static final SecureRandom RANDOM = new SecureRandom();

    private Ids() {}

    /** A fresh id such as {@code tun_0f3c…}. Safe from any thread. */
    public static String next(String prefix) {
        byte[] bits = new byte[16];
        RANDOM.nextBytes(bits);
        return prefix + "_" + HexFormat.of().formatHex(bits);
    }
}
