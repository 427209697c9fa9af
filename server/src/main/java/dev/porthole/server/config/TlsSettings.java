package dev.porthole.server.config;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * TLS on the public port.
 *
 * @param certificate the chain in PEM; there in mode {@code files} alone
 * @param key in PEM; there in mode {@code files} alone
 * @param redirectPort a plain port that leads to https; null for none
 */
public record TlsSettings(
        Mode mode,
        @Nullable Path certificate,
        @Nullable Path key,
        @Nullable Integer redirectPort) {
    /** Plain HTTP. */
    public static final TlsSettings OFF = new TlsSettings(Mode.OFF, null, null, null);

    /** Where the certificate comes from. */
    public enum Mode {
        /** There is none: plain HTTP, or somebody in front does it. */
        OFF("off"),
        /** Files that somebody else keeps up to date. */
        FILES("files"),
        /** An authority of the server's own, for trying out. */
        LOCAL_CA("local-ca");

        private final String word;

        Mode(String word) {
            this.word = word;
        }

        /** As it is written in the configuration. */
        public String word() {
            return word;
        }

        static Mode of(String word) {
            for (Mode mode : values()) {
                if (mode.word.equals(word)) {
                    return mode;
                }
            }
            throw new IllegalArgumentException(word);
        }
    }

    /** Whether visitors come over TLS. */
    public boolean isOn() {
        return mode != Mode.OFF;
    }
}
