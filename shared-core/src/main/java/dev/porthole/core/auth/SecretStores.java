package dev.porthole.core.auth;

import dev.porthole.core.config.PortholeHome;
import dev.porthole.core.config.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Picks where secrets are kept: a passphrase that was given, else the keychain, else a private file. */
public final class SecretStores {
    /** A passphrase for the encrypted file, for computers without a keychain. */
    public static final String PASSPHRASE_VARIABLE = "PORTHOLE_PASSPHRASE";

    /** Instead of the variable: the credential of this name that systemd hands over (systemd.exec, LoadCredential=). */
    static final String PASSPHRASE_CREDENTIAL = "porthole-passphrase";

    private static final Logger LOG = LoggerFactory.getLogger(SecretStores.class);
    private static final Duration PROBE_LIMIT = Duration.ofSeconds(4);

    private SecretStores() {}

    /** The store of a home. Takes four seconds at most; a choice that was made once stays for as long as it works. */
    public static SecretStore choose(PortholeHome home) throws IOException {
        return choose(home, System.getenv(), System.getProperty("os.name", ""));
    }

    static SecretStore choose(PortholeHome home, Map<String, String> environment, String osName) throws IOException {
        Optional<char[]> passphrase = passphrase(environment);
        if (passphrase.isPresent()) {
            return new EncryptedFileSecretStore(home.data().resolve("secrets.sealed"), passphrase.get());
        }
        Path plain = home.data().resolve("secrets.json");
        if (!Files.exists(plain) && mayHaveKeychain(environment, osName)) {
            SecretStore keychain = keychain(home);
            if (keychain != null) {
                return keychain;
            }
        }
        return new FileSecretStore(plain);
    }

    /** Whether it is worth asking: on Linux a keychain is reached over the session's bus. */
    static boolean mayHaveKeychain(Map<String, String> environment, String osName) {
        String os = osName.toLowerCase(Locale.ROOT);
        if (os.startsWith("windows") || os.startsWith("mac")) {
            return true;
        }
        String runtime = environment.get("XDG_RUNTIME_DIR");
        return environment.containsKey("DBUS_SESSION_BUS_ADDRESS")
                || (runtime != null && Files.exists(Path.of(runtime, "bus")));
    }

    private static @Nullable SecretStore keychain(PortholeHome home) throws IOException {
        // Trying it out costs a round trip or three: once per installation.
        Path worked = home.stateFile("keychain-works");
        String device = home.deviceId();
        try {
            KeychainSecretStore keychain = KeychainSecretStore.open(device, PROBE_LIMIT);
            if (Files.exists(worked)) {
                return keychain;
            }
            if (keychain.works(PROBE_LIMIT)) {
                PrivateFiles.replace(worked, new byte[0]);
                return keychain;
            }
        } catch (IOException none) {
            LOG.debug("no keychain: {}", none.getMessage());
        }
        return null;
    }

    private static Optional<char[]> passphrase(Map<String, String> environment) throws IOException {
        String given = environment.get(PASSPHRASE_VARIABLE);
        if (given != null && !given.isEmpty()) {
            return Optional.of(given.toCharArray());
        }
        String credentials = environment.get("CREDENTIALS_DIRECTORY");
        if (credentials == null) {
            return Optional.empty();
        }
        Path file = Path.of(credentials, PASSPHRASE_CREDENTIAL);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        String text = Files.readString(file).strip();
        if (text.isEmpty()) {
            throw new IOException(file + " is empty (expected: a passphrase)");
        }
        return Optional.of(text.toCharArray());
    }
}
