package dev.porthole.server.identity;

import dev.porthole.core.api.Login;
import dev.porthole.core.api.RecoveryCodes;
import dev.porthole.core.api.SecondFactorSetup;
import dev.porthole.core.api.SecondFactorStatus;
import dev.porthole.core.api.SignedInSession;
import dev.porthole.server.identity.Principal.UserPrincipal;
import dev.porthole.server.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.util.encoders.Base32;
import org.jdbi.v3.core.Handle;

/**
 * What people see of their own account and do with it: where they are signed in, by what, with which password and
 * second factor. Whatever weakens an account asks for its password again. Safe from any thread; blocking.
 */
public final class OwnAccount {
    private final Store store;
    private final Accounts accounts;
    private final SecondFactor secondFactor;
    private final Logins logins;
    private final Credentials credentials;
    private final BrowserSessions sessions;
    private final SignInThrottle codes;
    private final PublicAddresses addresses;

    OwnAccount(
            Store store,
            Accounts accounts,
            SecondFactor secondFactor,
            Logins logins,
            Credentials credentials,
            BrowserSessions sessions,
            PublicAddresses addresses,
            InstantSource clock) {
        this.store = store;
        this.accounts = accounts;
        this.secondFactor = secondFactor;
        this.logins = logins;
        this.credentials = credentials;
        this.sessions = sessions;
        this.codes = new SignInThrottle(clock);
        this.addresses = addresses;
    }

    /** Where the caller is signed in: browsers, then apps, those that were used last first. */
    public List<SignedInSession> sessions(UserPrincipal caller) {
        return store.read(handle -> {
            List<SignedInSession> all = new ArrayList<>();
            sessions.list(handle, caller.userId())
                    .forEach(session -> all.add(new SignedInSession(
                            session.id(),
                            SignedInSession.Kind.browser,
                            session.client(),
                            session.address(),
                            Instant.ofEpochMilli(session.signedInAt()),
                            Instant.ofEpochMilli(session.seenAt()),
                            session.id().equals(caller.credential()))));
            families(handle, caller, all);
            return all;
        });
    }

    private static void families(Handle handle, UserPrincipal caller, List<SignedInSession> all) {
        handle.createQuery("""
                        SELECT c.id, c.created_at, MAX(t.client_id) AS client,
                            MAX(COALESCE(t.rotated_at, c.created_at)) AS used_at
                        FROM credentials c JOIN refresh_tokens t ON t.family = c.id
                        WHERE c.user_id = ? AND c.kind = 'family' AND c.ended_at IS NULL
                        GROUP BY c.id, c.created_at ORDER BY used_at DESC, c.id
                        """)
                .bind(0, caller.userId())
                .map((row, context) -> new SignedInSession(
                        row.getString("id"),
                        SignedInSession.Kind.app,
                        client(row.getString("client")),
                        null,
                        Instant.ofEpochMilli(row.getLong("created_at")),
                        Instant.ofEpochMilli(row.getLong("used_at")),
                        row.getString("id").equals(caller.credential())))
                .forEach(all::add);
    }

    private static String client(String id) {
        return id.equals(NativeClient.ID) ? "Porthole on a computer" : id;
    }

    /**
     * Ends one of the caller's sessions or apps at once.
     *
     * @return whether it was one of the caller's
     */
    public boolean endSession(Handle handle, UserPrincipal caller, String id) {
        if (sessions.end(handle, caller.userId(), id)) {
            return true;
        }
        boolean theirs =
                handle.createQuery("SELECT COUNT(*) FROM credentials WHERE id = ? AND user_id = ? AND kind = 'family'")
                                .bind(0, id)
                                .bind(1, caller.userId())
                                .mapTo(Integer.class)
                                .one()
                        > 0;
        return theirs && credentials.end(handle, id, "signed out by its person");
    }

    /** By what the caller signs in. */
    public List<Login> logins(UserPrincipal caller) {
        return store.read(handle -> logins.of(handle, caller.userId()));
    }

    /**
     * Takes a linked sign-in away from the caller's account.
     *
     * @return whether there was one of that id
     * @throws RefusedException for the one that the account was made from
     */
    public boolean unlink(Handle handle, UserPrincipal caller, String id) throws RefusedException {
        if (id.equals(Logins.primaryId(caller.userId()))) {
            throw RefusedException.state("the account was made from this sign-in (expected: a linked one)");
        }
        return logins.unlink(handle, caller.userId(), id);
    }

    /** Whether a code is asked for. */
    public SecondFactorStatus secondFactor(UserPrincipal caller) {
        return store.read(
                handle -> secondFactor.status(handle, caller.userId(), accounts.hasPassword(handle, caller.userId())));
    }

    /** Begins to set up codes; {@link #confirmSecondFactor} switches them on. */
    public SecondFactorSetup beginSecondFactor(UserPrincipal caller, String password, String address)
            throws RefusedException {
        checkPassword(caller, password, address);
        byte[] seed = secondFactor
                .begin(caller.userId())
                .orElseThrow(() -> RefusedException.state("codes are asked for already (expected: switch them off)"));
        return setup(caller, seed);
    }

    /** What the caller is setting up now. */
    Optional<SecondFactorSetup> setup(UserPrincipal caller) {
        return secondFactor.waiting(caller.userId()).map(seed -> setup(caller, seed));
    }

    private SecondFactorSetup setup(UserPrincipal caller, byte[] seed) {
        String name = accounts.user(caller.userId()).orElseThrow().name();
        String secret = Base32.toBase32String(seed);
        return new SecondFactorSetup(OtpAuth.uri(addresses.pages(), name, secret), secret);
    }

    /** Switches codes on by the first one, and gives the recovery codes. */
    public RecoveryCodes confirmSecondFactor(UserPrincipal caller, String code, String address)
            throws RefusedException {
        throttled(caller, address);
        List<String> made = secondFactor
                .confirm(caller.userId(), code)
                .orElseThrow(() -> RefusedException.wrong(
                        "code", "code: not the app's present one (expected: 6 digits, within 15 minutes)"));
        codes.succeeded(caller.userId(), address);
        return new RecoveryCodes(made);
    }

    /** Switches codes off, by the password and a code. */
    public void removeSecondFactor(UserPrincipal caller, String password, String code, String address)
            throws RefusedException {
        if (!secondFactor.isOn(caller.userId())) {
            throw RefusedException.state("no codes are asked for");
        }
        checkPassword(caller, password, address);
        throttled(caller, address);
        boolean right = store.write(handle -> {
            boolean accepted = secondFactor.accepts(handle, caller.userId(), code);
            if (accepted) {
                secondFactor.remove(handle, caller.userId());
            }
            return accepted;
        });
        if (!right) {
            throw wrongCode();
        }
        codes.succeeded(caller.userId(), address);
    }

    /** Whether a code is right that a sign-in asked for, throttled. */
    boolean accepts(String userId, String code, String address) throws RefusedException {
        Duration wait = codes.attempt(userId, address);
        if (wait.isPositive()) {
            throw RefusedException.tooMany(wait);
        }
        boolean right = secondFactor.accepts(userId, code);
        if (right) {
            codes.succeeded(userId, address);
        }
        return right;
    }

    /** Gives the account another password; other browsers have to sign in again. */
    public void changePassword(UserPrincipal caller, String current, String next, String address)
            throws RefusedException {
        checkPassword(caller, current, address);
        String hash;
        try {
            PasswordRules.check(
                    next, accounts.user(caller.userId()).orElseThrow().name());
            hash = PasswordHash.of(next);
        } catch (UnacceptableAccountException weak) {
            throw RefusedException.unacceptable("next", String.valueOf(weak.getMessage()));
        }
        store.writeOnly(handle -> {
            accounts.setPassword(handle, caller.userId(), hash);
            sessions.endAll(handle, caller.userId(), caller.credential());
        });
    }

    private void checkPassword(UserPrincipal caller, String password, String address) throws RefusedException {
        if (!store.read(handle -> accounts.hasPassword(handle, caller.userId()))) {
            throw RefusedException.state("this account has no password here: its provider looks after that");
        }
        switch (accounts.confirm(caller.userId(), password, address)) {
            case Accounts.Attempt.SignedIn _ -> {}
            case Accounts.Attempt.Wrong() ->
                throw RefusedException.wrong("password", "password: wrong (expected: the account's present one)");
            case Accounts.Attempt.Throttled throttled -> throw RefusedException.tooMany(throttled.retryAfter());
        }
    }

    private void throttled(UserPrincipal caller, String address) throws RefusedException {
        Duration wait = codes.attempt(caller.userId(), address);
        if (wait.isPositive()) {
            throw RefusedException.tooMany(wait);
        }
    }

    private static RefusedException wrongCode() {
        return RefusedException.wrong("code", "code: wrong or used before (expected: the app's, or a recovery code)");
    }
}
