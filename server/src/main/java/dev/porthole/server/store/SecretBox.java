package dev.porthole.server.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Set;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals what the database must not hold in the clear (signing keys, TOTP seeds, providers' secrets) with AES-256-GCM
 * under the data folder's {@code secret.key}: 32 random bytes, mode 0600, created exclusively on first start.
 *
 * <p>A sealed value is one byte of format, a 96-bit random nonce (NIST SP 800-38D, section 8.2.2) and the ciphertext
 * with its tag. Each value is bound to a context, such as {@code signing-key:kid}, so that a row can't be moved to
 * another place. Safe from any thread.
 */
public final class SecretBox {
    /** The key's name in the data folder. */
    public static final String FILE = "secret.key";

    static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final byte FORMAT = 1;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final SecretKeySpec key;

    private SecretBox(byte[] key) {
        this.key = new SecretKeySpec(key, "AES");
    }

    /**
     * Reads the folder's key, or makes it.
     *
     * @throws StoreException if the file is there and is no key, or can't be read or written
     */
    public static SecretBox in(Path dataFolder) {
        Path file = dataFolder.resolve(FILE);
        try {
            byte[] key = Files.exists(file) ? Files.readAllBytes(file) : create(file);
            if (key.length != KEY_BYTES) {
                throw new StoreException(file + ": " + key.length + " bytes (expected: " + KEY_BYTES
                        + "); bring back the file from a backup, what it sealed can't be read without it");
            }
            return new SecretBox(key);
        } catch (IOException failed) {
            throw new StoreException(file + ": can't be read or written: " + failed.getMessage(), failed);
        }
    }

    private static byte[] create(Path file) throws IOException {
        byte[] key = new byte[KEY_BYTES];
        RANDOM.nextBytes(key);
        try (FileChannel channel = FileChannel.open(
                file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), ownerOnly(file))) {
            channel.write(ByteBuffer.wrap(key));
            channel.force(true);
            return key;
        } catch (FileAlreadyExistsException another) {
            return Files.readAllBytes(file);
        }
    }

    /** Writes what a folder's entries are to the disk, where the system can. */
    static void force(Path folder) throws IOException {
        if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    /** Mode 0600, where the file system has modes. */
    static FileAttribute<?>[] ownerOnly(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    /** Seals bytes for a context. */
    public byte[] seal(byte[] plain, String context) {
        byte[] nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce, context).doFinal(plain);
            return ByteBuffer.allocate(1 + NONCE_BYTES + sealed.length)
                    .put(FORMAT)
                    .put(nonce)
                    .put(sealed)
                    .array();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("AES-GCM is part of every Java", impossible);
        }
    }

    /**
     * Opens what {@link #seal} gave for the same context.
     *
     * @throws StoreException if it was sealed with another key or for another context, or was changed
     */
    public byte[] open(byte[] sealed, String context) {
        if (sealed.length <= 1 + NONCE_BYTES || sealed[0] != FORMAT) {
            throw new StoreException("sealed value for " + context + ": not one of this server's");
        }
        byte[] nonce = Arrays.copyOfRange(sealed, 1, 1 + NONCE_BYTES);
        try {
            return cipher(Cipher.DECRYPT_MODE, nonce, context)
                    .doFinal(sealed, 1 + NONCE_BYTES, sealed.length - 1 - NONCE_BYTES);
        } catch (GeneralSecurityException foreign) {
            throw new StoreException(
                    "sealed value for " + context + ": " + FILE + " is not the key that it was sealed with", foreign);
        }
    }

    private Cipher cipher(int mode, byte[] nonce, String context) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(context.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
