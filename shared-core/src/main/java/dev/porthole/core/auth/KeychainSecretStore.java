package dev.porthole.core.auth;

import com.github.javakeyring.BackendNotSupportedException;
import com.github.javakeyring.Keyring;
import com.github.javakeyring.PasswordAccessException;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The system's keychain: Secret Service or KWallet, Keychain, Credential Manager. A keychain that asks its user, or
 * hangs, is given up on after a while: no call here waits for ever.
 */
final class KeychainSecretStore implements SecretStore {
    private static final String SERVICE = "dev.porthole";
    // Long enough to unlock it by typing a password.
    private static final Duration CALL_LIMIT = Duration.ofSeconds(60);

    private final Keyring keyring;
    private final String device;

    private KeychainSecretStore(Keyring keyring, String device) {
        this.keyring = keyring;
        this.device = device;
    }

    /** The keychain of this computer, for one installation. */
    static KeychainSecretStore open(String device, Duration limit) throws IOException {
        return new KeychainSecretStore(within(limit, Keyring::create), device);
    }

    /** Whether a secret that is put in can be taken out again. */
    boolean works(Duration limit) {
        try {
            return within(limit, () -> {
                String account = account("probe");
                keyring.setPassword(SERVICE, account, "probe");
                boolean same = "probe".equals(keyring.getPassword(SERVICE, account));
                keyring.deletePassword(SERVICE, account);
                return same;
            });
        } catch (IOException unusable) {
            return false;
        }
    }

    @Override
    public Optional<String> read(String name) throws IOException {
        return within(CALL_LIMIT, () -> {
            try {
                return Optional.ofNullable(keyring.getPassword(SERVICE, account(name)));
            } catch (PasswordAccessException absent) {
                // The library says "not there" and "not allowed" alike; either way there is nothing to use.
                return Optional.empty();
            }
        });
    }

    @Override
    public void write(String name, String secret) throws IOException {
        within(CALL_LIMIT, () -> {
            keyring.setPassword(SERVICE, account(name), secret);
            return true;
        });
    }

    @Override
    public void delete(String name) throws IOException {
        within(CALL_LIMIT, () -> {
            try {
                keyring.deletePassword(SERVICE, account(name));
                return true;
            } catch (PasswordAccessException absent) {
                return false;
            }
        });
    }

    @Override
    public Kind kind() {
        return Kind.KEYCHAIN;
    }

    @Override
    public String protection() {
        return "in the keychain";
    }

    private String account(String name) {
        return device + "/" + name;
    }

    /** A thread of its own, since native calls and D-Bus don't heed an interrupt. */
    private static <T> T within(Duration limit, Callable<T> call) throws IOException {
        FutureTask<T> task = new FutureTask<>(call);
        Thread.ofPlatform().daemon().name("keychain").start(task);
        try {
            return task.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException silent) {
            throw new IOException("the keychain did not answer within " + limit.toSeconds() + " s", silent);
        } catch (ExecutionException failed) {
            String why = failed.getCause() instanceof BackendNotSupportedException
                    ? "this computer has no keychain"
                    : "the keychain refused";
            throw new IOException(why + ": " + failed.getCause(), failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for the keychain", interrupted);
        }
    }
}
