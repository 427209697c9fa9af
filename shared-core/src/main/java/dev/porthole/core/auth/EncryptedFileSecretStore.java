package dev.porthole.core.auth;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * All secrets in one file, sealed by AES-256-GCM under a key from a passphrase.
 *
 * <p>The file: one byte of version, 16 of salt, 12 of nonce, then ciphertext with its tag; version and salt are
 * authenticated too. The key is PBKDF2-HMAC-SHA-512 with 600,000 rounds, nearly three times what the OWASP password
 * storage sheet asks for.
 */
final class EncryptedFileSecretStore extends FileSecretStore {
    private static final byte VERSION = 1;
    private static final int SALT_BYTES = 16;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int KEY_BITS = 256;
    static final int ROUNDS = 600_000;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Path file;
    private final char[] passphrase;
    private final int rounds;
    // Deriving takes a good part of a second: once per salt is enough.
    private byte[] derivedFrom = new byte[0];
    private @Nullable SecretKey derived;

    EncryptedFileSecretStore(Path file, char[] passphrase) {
        this(file, passphrase, ROUNDS);
    }

    /** {@code rounds}: other than {@link #ROUNDS} only where a test opens many. */
    EncryptedFileSecretStore(Path file, char[] passphrase, int rounds) {
        super(file);
        this.file = file;
        this.passphrase = passphrase.clone();
        this.rounds = rounds;
    }

    @Override
    public Kind kind() {
        return Kind.SEALED_FILE;
    }

    @Override
    public String protection() {
        return "in an encrypted file";
    }

    @Override
    byte[] seal(byte[] plain) throws IOException {
        byte[] salt = currentSalt();
        byte[] nonce = random(NONCE_BYTES);
        try {
            Cipher cipher = cipher(Cipher.ENCRYPT_MODE, keyFor(salt), salt, nonce);
            byte[] sealed = cipher.doFinal(plain);
            return ByteBuffer.allocate(1 + SALT_BYTES + NONCE_BYTES + sealed.length)
                    .put(VERSION)
                    .put(salt)
                    .put(nonce)
                    .put(sealed)
                    .array();
        } catch (GeneralSecurityException failed) {
            throw new IOException(file + " could not be encrypted", failed);
        }
    }

    @Override
    byte[] unseal(byte[] sealed) throws IOException {
        if (sealed.length < 1 + SALT_BYTES + NONCE_BYTES + TAG_BITS / 8 || sealed[0] != VERSION) {
            throw new IOException(file + " is not a file of sealed secrets of version " + VERSION);
        }
        byte[] salt = Arrays.copyOfRange(sealed, 1, 1 + SALT_BYTES);
        int cipherAt = 1 + SALT_BYTES + NONCE_BYTES;
        byte[] nonce = Arrays.copyOfRange(sealed, 1 + SALT_BYTES, cipherAt);
        try {
            Cipher cipher = cipher(Cipher.DECRYPT_MODE, keyFor(salt), salt, nonce);
            return cipher.doFinal(sealed, cipherAt, sealed.length - cipherAt);
        } catch (GeneralSecurityException wrong) {
            throw new IOException(file + " can't be opened with this passphrase (PORTHOLE_PASSPHRASE)", wrong);
        }
    }

    private synchronized byte[] currentSalt() {
        return derived == null ? random(SALT_BYTES) : derivedFrom.clone();
    }

    private synchronized SecretKey keyFor(byte[] salt) throws GeneralSecurityException {
        if (derived != null && Arrays.equals(derivedFrom, salt)) {
            return derived;
        }
        PBEKeySpec spec = new PBEKeySpec(passphrase, salt, rounds, KEY_BITS);
        try {
            byte[] bits = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA512")
                    .generateSecret(spec)
                    .getEncoded();
            SecretKey key = new SecretKeySpec(bits, "AES");
            derivedFrom = salt.clone();
            derived = key;
            return key;
        } finally {
            spec.clearPassword();
        }
    }

    private static Cipher cipher(int mode, SecretKey key, byte[] salt, byte[] nonce) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(new byte[] {VERSION});
        cipher.updateAAD(salt);
        return cipher;
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        RANDOM.nextBytes(bytes);
        return bytes;
    }
}
