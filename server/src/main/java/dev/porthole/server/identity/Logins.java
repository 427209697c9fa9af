package dev.porthole.server.identity;

import dev.porthole.core.api.Ids;
import dev.porthole.core.api.Login;
import dev.porthole.server.config.ProviderSettings;
import dev.porthole.server.store.Store;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Which account somebody of a provider signs in to: the one that was made from this sign-in, or the one that its person
 * linked it to. Never one with the same name or e-mail address. Safe from any thread; blocking.
 */
final class Logins {
    /** What a sign-in came to. */
    sealed interface Arrival {
        /** An account, perhaps a new one. */
        record SignedIn(String userId) implements Arrival {}

        /** The configuration does not let this person in. */
        record NotAllowed() implements Arrival {}

        /** The account has been deactivated. */
        record Inactive() implements Arrival {}
    }

    private record Owner(String userId, boolean active, boolean linked) {}

    private final Store store;
    private final InstantSource clock;

    Logins(Store store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /** Somebody of a provider signs in. */
    Arrival arrive(ProviderSettings provider, ExternalIdentity who) {
        return store.write(handle -> {
            Optional<Owner> owner = owner(handle, provider.name(), who.subject());
            boolean linked = owner.map(Owner::linked).orElse(false);
            if (!linked && !who.isAllowed(provider)) {
                return new Arrival.NotAllowed();
            }
            if (owner.isEmpty()) {
                return new Arrival.SignedIn(make(handle, provider, who));
            }
            if (!owner.get().active) {
                return new Arrival.Inactive();
            }
            refresh(handle, provider, who, owner.get());
            return new Arrival.SignedIn(owner.get().userId);
        });
    }

    /**
     * Links somebody of a provider to an account.
     *
     * @return whether it is linked now; false if it is another account's
     */
    boolean link(String userId, ProviderSettings provider, ExternalIdentity who) {
        return store.write(handle -> {
            Optional<Owner> owner = owner(handle, provider.name(), who.subject());
            if (owner.isPresent()) {
                return owner.get().userId.equals(userId);
            }
            handle.execute(
                    """
                    INSERT INTO logins (id, user_id, provider, subject, name, email, created_at)
                    VALUES (?, ?, ?, ?, ?, ?, ?)
                    """,
                    Ids.next("log"),
                    userId,
                    provider.name(),
                    who.subject(),
                    who.name(),
                    who.email(),
                    clock.millis());
            return true;
        });
    }

    /**
     * All sign-ins of an account, the one that it was made from first. Of that one it is known when it was used last
     * only as long as there is no other.
     */
    List<Login> of(Handle handle, String userId) {
        List<Login> linked = linked(handle, userId);
        List<Login> all = new ArrayList<>(handle.createQuery(
                        "SELECT provider, name, email, created_at, last_sign_in_at FROM users WHERE id = ?")
                .bind(0, userId)
                .map((row, context) -> new Login(
                        primaryId(userId),
                        row.getString("provider"),
                        row.getString("name"),
                        row.getString("email"),
                        true,
                        Instant.ofEpochMilli(row.getLong("created_at")),
                        maybeInstant(row, "last_sign_in_at")
                                .filter(_ -> linked.isEmpty())
                                .orElse(null)))
                .list());
        all.addAll(linked);
        return all;
    }

    private static Optional<Instant> maybeInstant(ResultSet row, String column) throws SQLException {
        long millis = row.getLong(column);
        return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
    }

    private static List<Login> linked(Handle handle, String userId) {
        return handle.createQuery("SELECT * FROM logins WHERE user_id = ? ORDER BY created_at, id")
                .bind(0, userId)
                .map((row, context) -> new Login(
                        row.getString("id"),
                        row.getString("provider"),
                        row.getString("name"),
                        row.getString("email"),
                        false,
                        Instant.ofEpochMilli(row.getLong("created_at")),
                        maybeInstant(row, "last_used_at").orElse(null)))
                .list();
    }

    /** Takes a linked sign-in away, in the caller's transaction. */
    boolean unlink(Handle handle, String userId, String id) {
        return handle.execute("DELETE FROM logins WHERE id = ? AND user_id = ?", id, userId) > 0;
    }

    /** What the sign-in is called that an account was made from. */
    static String primaryId(String userId) {
        return "log_" + userId;
    }

    private static Optional<Owner> owner(Handle handle, String provider, String subject) {
        return handle.createQuery("""
                        SELECT id, active, FALSE AS linked FROM users WHERE provider = :provider AND provider_subject = :subject
                        UNION ALL
                        SELECT u.id, u.active, TRUE AS linked FROM logins l JOIN users u ON u.id = l.user_id
                        WHERE l.provider = :provider AND l.subject = :subject
                        """)
                .bind("provider", provider)
                .bind("subject", subject)
                .map((row, context) ->
                        new Owner(row.getString("id"), row.getBoolean("active"), row.getBoolean("linked")))
                .findOne();
    }

    private String make(Handle handle, ProviderSettings provider, ExternalIdentity who) {
        String id = Ids.next("usr");
        handle.execute(
                """
                INSERT INTO users (id, provider, provider_subject, name, email, administrator, active, created_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                """,
                id,
                provider.name(),
                who.subject(),
                shortened(who.name()),
                who.email(),
                who.administers(provider),
                true,
                clock.millis());
        return id;
    }

    /** What the provider says now; the configuration makes administrators, and never takes that away. */
    private void refresh(Handle handle, ProviderSettings provider, ExternalIdentity who, Owner owner) {
        if (owner.linked) {
            handle.execute(
                    "UPDATE logins SET name = ?, email = ?, last_used_at = ? WHERE provider = ? AND subject = ?",
                    shortened(who.name()),
                    who.email(),
                    clock.millis(),
                    provider.name(),
                    who.subject());
        } else {
            handle.execute(
                    "UPDATE users SET name = ?, email = ? WHERE id = ?",
                    shortened(who.name()),
                    who.email(),
                    owner.userId);
        }
        if (who.administers(provider)) {
            handle.execute("UPDATE users SET administrator = ? WHERE id = ?", true, owner.userId);
        }
    }

    /** A provider's name is a stranger's text. */
    private static String shortened(String name) {
        String clean = name.codePoints()
                .filter(letter -> !Character.isISOControl(letter))
                .limit(64)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString()
                .strip();
        return clean.isEmpty() ? "Somebody" : clean;
    }
}
