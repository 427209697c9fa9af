package dev.porthole.core.auth;

import dev.porthole.core.api.Credentials;
import dev.porthole.core.api.ProblemException;
import dev.porthole.core.config.LockFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The tokens of one sign-in: kept in a {@link SecretStore}, refreshed ahead of their end.
 *
 * <p>Several processes of one device share them. A refresh token works once, so whoever refreshes holds a file lock and
 * looks into the store first: another may have done it already. Safe from any thread; blocking.
 */
public final class AuthState implements Credentials {
    /** What a caller does with a token that is good for now. */
    @FunctionalInterface
    public interface FreshTokenAction<T> {
        T run(String accessToken) throws ProblemException, IOException, InterruptedException;
    }

    /** Gives the service that refreshes; asked only when that is needed. */
    @FunctionalInterface
    public interface ServiceSource {
        AuthorizationService service() throws AuthorizationException, IOException, InterruptedException;
    }

    private record Tokens(
            String accessToken, Instant expiresAt, @Nullable String refreshToken) {
        @Override
        public String toString() {
            return "Tokens[expiresAt=" + expiresAt + "]";
        }
    }

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Duration AHEAD = Duration.ofSeconds(60);
    private static final String OVER = "The sign-in has ended. Sign in again.";

    private final String name;
    private final SecretStore store;
    private final Path lock;
    private final InstantSource clock;
    private final ServiceSource services;
    private final Runnable ended;
    private volatile @Nullable Tokens latest;

    /**
     * The state kept under {@code name}; empty until {@link #update} if nothing is.
     *
     * @param lock the file that processes of this device refresh under
     * @param ended called when the server takes the tokens no more, on the thread that found out
     */
    public AuthState(
            String name, SecretStore store, Path lock, InstantSource clock, ServiceSource services, Runnable ended) {
        this.name = name;
        this.store = store;
        this.lock = lock;
        this.clock = clock;
        this.services = services;
        this.ended = ended;
    }

    /** Whether there are tokens at all. */
    public boolean isAuthorized() throws IOException {
        return latest != null || stored() != null;
    }

    /** Takes and keeps the tokens of a fresh sign-in. */
    public void update(TokenResponse response) throws IOException {
        try (LockFile _ = LockFile.take(lock)) {
            keep(response, null);
        }
    }

    /** Another process signed in: what is remembered here is not what the store has. */
    public void reload() {
        latest = null;
    }

    /** Forgets the tokens, here and in the store. Gives the refresh token, to be revoked. */
    public Optional<String> forget() throws IOException {
        try (LockFile _ = LockFile.take(lock)) {
            Tokens last = stored();
            latest = null;
            store.delete(name);
            return last == null ? Optional.empty() : Optional.ofNullable(last.refreshToken());
        }
    }

    /** Runs {@code action} with a token that is good for at least a minute. */
    public <T> T performWithFreshTokens(FreshTokenAction<T> action)
            throws ProblemException, IOException, InterruptedException {
        return action.run(token());
    }

    @Override
    public String token() throws ProblemException, IOException, InterruptedException {
        Tokens now = latest;
        if (now != null && isFresh(now)) {
            return now.accessToken();
        }
        return refreshed(null);
    }

    @Override
    public Optional<String> insteadOf(String refused) throws ProblemException, IOException, InterruptedException {
        return Optional.of(refreshed(refused));
    }

    private String refreshed(@Nullable String refused) throws ProblemException, IOException, InterruptedException {
        try {
            return refreshedUnderLock(refused);
        } catch (ProblemException over) {
            // Not under the lock: whoever is told may want it.
            ended.run();
            throw over;
        }
    }

    private String refreshedUnderLock(@Nullable String refused)
            throws ProblemException, IOException, InterruptedException {
        try (LockFile _ = LockFile.take(lock)) {
            Tokens last = stored();
            latest = last;
            if (last == null) {
                throw ProblemException.signInAgain(OVER);
            }
            if (isFresh(last) && !last.accessToken().equals(refused)) {
                return last.accessToken();
            }
            if (last.refreshToken() == null) {
                throw end();
            }
            return refresh(last.refreshToken()).accessToken();
        }
    }

    private Tokens refresh(String refreshToken) throws ProblemException, IOException, InterruptedException {
        try {
            TokenResponse response =
                    services.service().performTokenRequest(new TokenRequest.Refresh(refreshToken), null);
            return keep(response, refreshToken);
        } catch (AuthorizationException refused) {
            if (refused.isInvalidGrant()) {
                throw end();
            }
            throw new IOException("the sign-in could not be refreshed: " + refused.getMessage(), refused);
        }
    }

    /** The tokens are worth nothing any more. */
    private ProblemException end() throws IOException {
        latest = null;
        store.delete(name);
        return ProblemException.signInAgain(OVER);
    }

    private Tokens keep(TokenResponse response, @Nullable String refreshTokenBefore) throws IOException {
        String accessToken = response.accessToken();
        if (accessToken == null) {
            throw new IOException("the server gave no access_token");
        }
        // RFC 6749, section 6: without a new refresh token the old one stays good.
        String refreshToken = response.refreshToken() == null ? refreshTokenBefore : response.refreshToken();
        Tokens tokens = new Tokens(accessToken, clock.instant().plusSeconds(response.expiresIn()), refreshToken);
        latest = tokens;
        store.write(name, JSON.writeValueAsString(tokens));
        return tokens;
    }

    private @Nullable Tokens stored() throws IOException {
        Optional<String> kept = store.read(name);
        if (kept.isEmpty()) {
            return null;
        }
        try {
            return JSON.readValue(kept.get(), Tokens.class);
        } catch (JacksonException broken) {
            // Of another release, or damaged. The parser's message may quote a token.
            return null;
        }
    }

    private boolean isFresh(Tokens tokens) {
        return clock.instant().plus(AHEAD).isBefore(tokens.expiresAt());
    }
}
