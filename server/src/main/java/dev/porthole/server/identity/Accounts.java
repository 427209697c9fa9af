package dev.porthole.server.identity;

import dev.porthole.core.api.Ids;
import dev.porthole.core.api.User;
import dev.porthole.server.store.Store;
import java.text.Normalizer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Accounts that this server keeps by itself: a name with a password, and the owner of an embedded server. */
public final class Accounts {
    private static final String LOCAL = "local";
    private static final String OWNER = "owner";

    /** What an attempt to sign in came to. */
    public sealed interface Attempt {
        /** Name and password are right. */
        record SignedIn(String userId) implements Attempt {}

        /** Something is wrong; what, is not said. */
        record Wrong() implements Attempt {}

        /** Too many attempts; nothing was checked. */
        record Throttled(Duration retryAfter) implements Attempt {}
    }

    private record Kept(String userId, @Nullable String passwordHash) {}

    private final Store store;
    private final InstantSource clock;
    private final SignInThrottle throttle;

    Accounts(Store store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
        this.throttle = new SignInThrottle(clock);
    }

    /** Whether there is any account, of whatever kind. */
    public boolean any() {
        return store.read(Accounts::any);
    }

    /**
     * Makes the first account, an administrator's.
     *
     * @return its user id; empty if there is an account already, and nothing is made then
     * @throws UnacceptableAccountException if the name or the password can't be taken
     */
    public Optional<String> createFirst(String user, String password) throws UnacceptableAccountException {
        String name = checkedName(user);
        PasswordRules.check(password, name);
        if (any()) {
            return Optional.empty();
        }
        String hash = PasswordHash.of(password);
        return store.write(handle ->
                any(handle) ? Optional.empty() : Optional.of(insert(handle, LOCAL, key(name), name, hash, true)));
    }

    /**
     * Makes a local account, in the caller's transaction.
     *
     * @param passwordHash of {@link PasswordHash}
     * @return its user id; empty if there is one of that name
     */
    Optional<String> create(Handle handle, String name, String passwordHash, boolean administrator) {
        return idOf(handle, LOCAL, key(name)).isPresent()
                ? Optional.empty()
                : Optional.of(insert(handle, LOCAL, key(name), name, passwordHash, administrator));
    }

    /**
     * The account of whoever runs an embedded server, made on first use: it has the name of the operating system's user
     * and no password, so it signs in through {@link OwnerCodes} and in no other way.
     *
     * @return its user id
     */
    public String createOwner() {
        return store.write(handle -> idOf(handle, OWNER, OWNER)
                .orElseGet(() -> insert(handle, OWNER, OWNER, System.getProperty("user.name", "You"), null, true)));
    }

    /** Checks a name and a password, throttled by both the account and the address. */
    public Attempt signIn(String user, String password, String address) {
        String key = key(user);
        return check(key, find(key), password, address);
    }

    /** Checks the password of a user who is signed in, throttled like {@link #signIn}; wrong, if there is none. */
    Attempt confirm(String userId, String password, String address) {
        Optional<String> key = store.read(handle -> handle.createQuery(
                        "SELECT provider_subject FROM users WHERE id = ? AND provider = ? AND active")
                .bind(0, userId)
                .bind(1, LOCAL)
                .mapTo(String.class)
                .findOne());
        return key.isEmpty() ? new Attempt.Wrong() : check(key.get(), find(key.get()), password, address);
    }

    private Attempt check(String key, Optional<Kept> kept, String password, String address) {
        Duration wait = throttle.attempt(key, address);
        if (wait.isPositive()) {
            return new Attempt.Throttled(wait);
        }
        if (password.length() > PasswordRules.LONGEST) {
            return new Attempt.Wrong();
        }
        if (!PasswordHash.matches(password, kept.map(Kept::passwordHash).orElse(null))) {
            return new Attempt.Wrong();
        }
        throttle.succeeded(key, address);
        return new Attempt.SignedIn(kept.orElseThrow().userId);
    }

    /** An active user by id. */
    public Optional<User> user(String userId) {
        return store.read(
                handle -> handle.createQuery("SELECT id, name, email, administrator FROM users WHERE id = ? AND active")
                        .bind(0, userId)
                        .map((row, context) -> new User(
                                row.getString("id"),
                                row.getString("name"),
                                row.getString("email"),
                                row.getBoolean("administrator")))
                        .findOne());
    }

    /** The id of the active user with the local account of that name. */
    public Optional<String> userNamed(String user) {
        return find(key(user)).map(Kept::userId);
    }

    /** Whether a user signs in with a password. */
    boolean hasPassword(Handle handle, String userId) {
        return handle.createQuery("SELECT COUNT(*) FROM users WHERE id = ? AND provider = ?")
                        .bind(0, userId)
                        .bind(1, LOCAL)
                        .mapTo(Integer.class)
                        .one()
                > 0;
    }

    /** Gives a local account another password, in the caller's transaction. */
    void setPassword(Handle handle, String userId, String passwordHash) {
        handle.execute("UPDATE users SET password_hash = ? WHERE id = ? AND provider = ?", passwordHash, userId, LOCAL);
    }

    /** Writes down that someone has signed in now. */
    void noteSignIn(String userId) {
        store.writeOnly(
                handle -> handle.execute("UPDATE users SET last_sign_in_at = ? WHERE id = ?", clock.millis(), userId));
    }

    private static Optional<String> idOf(Handle handle, String provider, String subject) {
        return handle.createQuery("SELECT id FROM users WHERE provider = ? AND provider_subject = ?")
                .bind(0, provider)
                .bind(1, subject)
                .mapTo(String.class)
                .findOne();
    }

    private Optional<Kept> find(String key) {
        return store.read(handle -> handle.createQuery("""
                        SELECT id, password_hash FROM users WHERE provider = ? AND provider_subject = ? AND active
                        """)
                .bind(0, LOCAL)
                .bind(1, key)
                .map((row, context) -> new Kept(row.getString("id"), row.getString("password_hash")))
                .findOne());
    }

    private String insert(
            Handle handle, String provider, String subject, String name, @Nullable String hash, boolean administrator) {
        String id = Ids.next("usr");
        handle.execute("""
                INSERT INTO users (id, provider, provider_subject, name, password_hash, administrator, active, created_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                """, id, provider, subject, name, hash, administrator, true, clock.millis());
        return id;
    }

    private static boolean any(Handle handle) {
        return handle.createQuery("SELECT COUNT(*) FROM users")
                        .mapTo(Integer.class)
                        .one()
                > 0;
    }

    /** The name as it is kept, without blanks around it. */
    static String checkedName(String user) throws UnacceptableAccountException {
        String name = user.strip();
        if (name.isEmpty() || name.length() > 64 || name.chars().anyMatch(Character::isISOControl)) {
            throw new UnacceptableAccountException(
                    "user",
                    "user: " + name.length() + " characters (expected: 1-64, none of them a control character)");
        }
        return name;
    }

    /** Names that look the same are the same. */
    private static String key(String user) {
        return Normalizer.normalize(user.strip(), Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
    }
}
