package dev.porthole.server.identity;

import dev.porthole.server.store.Store;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Sign-ins of devices that can't show a browser (RFC 8628): ten minutes, one use. The device's code is a secret like
 * any other and kept as SHA-256; the code that people type is short, so it is kept as a keyed hash, which tells nothing
 * without the server's key. Safe from any thread; blocking.
 */
final class DeviceCodes {
    static final Duration LIFETIME = Duration.ofMinutes(10);

    /** How long a device waits between its questions, and by how much longer after each that came too early. */
    static final int INTERVAL_SECONDS = 5;

    /** A timer may be early by as much, and so may be an answer that took longer than the next question. */
    static final Duration EARLY = Duration.ofMillis(250);

    /** Of one address at a time, so that nobody fills the table or makes a guess a hit. */
    static final int MOST_OF_AN_ADDRESS = 50;

    static final int MOST = 2_000;

    /** A fresh pair. */
    record Issued(String deviceCode, UserCode userCode) {
        @Override
        public String toString() {
            return "Issued";
        }
    }

    /**
     * A device that waits for somebody's word.
     *
     * @param address where it asked from
     * @param askedAt when it did, in milliseconds
     */
    record Waiting(String clientId, String scope, String address, long askedAt) {}

    /** What a device hears when it asks. */
    sealed interface Poll {
        /** Nobody has said anything yet. */
        record Pending() implements Poll {}

        /** Too early; from now on each question five seconds later. */
        record SlowDown() implements Poll {}

        /** Somebody said no. */
        record Denied() implements Poll {}

        /** Nobody said anything in time, or the device didn't fetch the answer in time. */
        record Expired() implements Poll {}

        /** No such code of that client, or it was used. */
        record Worthless() implements Poll {}

        /** Somebody said yes. */
        record Approved(RefreshTokens.Grant grant, String refreshToken) implements Poll {
            @Override
            public String toString() {
                return "Approved[grant=" + grant + "]";
            }
        }
    }

    private record Row(
            Waiting waiting,
            long expiresAt,
            int interval,
            @Nullable Long polledAt,
            boolean denied,
            @Nullable String userId,
            long signedInAt,
            boolean used,
            @Nullable String family) {
        boolean decided() {
            return denied || userId != null;
        }
    }

    private final Store store;
    private final Credentials credentials;
    private final RefreshTokens refreshTokens;
    private final DerivationKey derivation;
    private final InstantSource clock;

    DeviceCodes(
            Store store,
            Credentials credentials,
            RefreshTokens refreshTokens,
            DerivationKey derivation,
            InstantSource clock) {
        this.store = store;
        this.credentials = credentials;
        this.refreshTokens = refreshTokens;
        this.derivation = derivation;
        this.clock = clock;
    }

    /** A fresh pair for a client; empty if too many wait already, of that address or in all. */
    Optional<Issued> issue(String clientId, String scope, String address) {
        return store.write(handle -> {
            long now = clock.millis();
            if (count(handle, "address = ? AND", now, address) >= MOST_OF_AN_ADDRESS
                    || count(handle, "", now) >= MOST) {
                return Optional.empty();
            }
            Issued issued = new Issued(OpaqueToken.next(""), UserCode.next());
            while (insert(handle, issued, clientId, scope, address, now) == 0) {
                issued = new Issued(issued.deviceCode, UserCode.next());
            }
            return Optional.of(issued);
        });
    }

    /** The device that waits under a code that somebody typed. */
    Optional<Waiting> waiting(UserCode code) {
        return store.read(handle -> Optional.ofNullable(undecided(handle, code)))
                .map(Row::waiting);
    }

    /**
     * Lets a device in, or not, in the caller's transaction.
     *
     * @param userId whose tokens it gets; null for a no
     * @param signedInAt when the user proved who they are, in milliseconds
     * @return what waited; empty if nothing did, or somebody has said something already
     */
    Optional<Waiting> decide(Handle handle, UserCode code, @Nullable String userId, long signedInAt) {
        Row row = undecided(handle, code);
        if (row == null) {
            return Optional.empty();
        }
        handle.execute(
                "UPDATE device_codes SET denied_at = ?, user_id = ?, signed_in_at = ? WHERE user_code_hash = ?",
                userId == null ? clock.millis() : null,
                userId,
                userId == null ? null : signedInAt,
                hash(code));
        return Optional.of(row.waiting);
    }

    /** A device's question. */
    Poll poll(String deviceCode, String clientId) {
        return store.write(handle -> {
            Row row = find(handle, "hash", OpaqueToken.hash(deviceCode));
            if (row == null || !row.waiting.clientId.equals(clientId)) {
                return new Poll.Worthless();
            }
            if (row.used) {
                // Somebody else has it: as with authorization codes, what the first use gave ends.
                if (row.family != null) {
                    credentials.end(handle, row.family, "its device code was used twice");
                }
                return new Poll.Worthless();
            }
            if (clock.millis() >= row.expiresAt) {
                return new Poll.Expired();
            }
            if (row.denied) {
                return new Poll.Denied();
            }
            return row.userId == null
                    ? pending(handle, deviceCode, row)
                    : approved(handle, deviceCode, row, row.userId);
        });
    }

    private Poll pending(Handle handle, String deviceCode, Row row) {
        long now = clock.millis();
        long wait = row.interval * 1000L - EARLY.toMillis();
        boolean early = row.polledAt != null && now - row.polledAt < wait;
        handle.execute(
                "UPDATE device_codes SET polled_at = ?, interval_seconds = ? WHERE hash = ?",
                now,
                early ? row.interval + INTERVAL_SECONDS : row.interval,
                OpaqueToken.hash(deviceCode));
        return early ? new Poll.SlowDown() : new Poll.Pending();
    }

    private Poll approved(Handle handle, String deviceCode, Row row, String userId) {
        String family = refreshTokens.beginFamily(handle, userId, row.waiting.clientId);
        handle.execute(
                "UPDATE device_codes SET used_at = ?, family = ? WHERE hash = ?",
                clock.millis(),
                family,
                OpaqueToken.hash(deviceCode));
        RefreshTokens.Grant grant =
                new RefreshTokens.Grant(family, userId, row.waiting.clientId, row.waiting.scope, row.signedInAt);
        return new Poll.Approved(grant, refreshTokens.begin(handle, grant));
    }

    private @Nullable Row undecided(Handle handle, UserCode code) {
        Row row = find(handle, "user_code_hash", hash(code));
        return row == null || row.decided() || clock.millis() >= row.expiresAt ? null : row;
    }

    private int insert(Handle handle, Issued issued, String clientId, String scope, String address, long now) {
        return handle.execute(
                """
                INSERT INTO device_codes
                    (hash, user_code_hash, client_id, scope, address, created_at, expires_at, interval_seconds)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (user_code_hash) DO NOTHING
                """,
                OpaqueToken.hash(issued.deviceCode),
                hash(issued.userCode),
                clientId,
                scope,
                address,
                now,
                now + LIFETIME.toMillis(),
                INTERVAL_SECONDS);
    }

    private static int count(Handle handle, String which, long now, Object... values) {
        var query = handle.createQuery("SELECT COUNT(*) FROM device_codes WHERE " + which + " expires_at > ?");
        for (int i = 0; i < values.length; i++) {
            query.bind(i, values[i]);
        }
        return query.bind(values.length, now).mapTo(Integer.class).one();
    }

    private String hash(UserCode code) {
        return derivation.derive("user-code", code.letters());
    }

    private static @Nullable Row find(Handle handle, String column, String hash) {
        return handle.createQuery("SELECT * FROM device_codes WHERE " + column + " = ?")
                .bind(0, hash)
                .map((row, context) -> new Row(
                        new Waiting(
                                row.getString("client_id"),
                                row.getString("scope"),
                                row.getString("address"),
                                row.getLong("created_at")),
                        row.getLong("expires_at"),
                        row.getInt("interval_seconds"),
                        row.getObject("polled_at") == null ? null : row.getLong("polled_at"),
                        row.getObject("denied_at") != null,
                        row.getString("user_id"),
                        row.getLong("signed_in_at"),
                        row.getObject("used_at") != null,
                        row.getString("family")))
                .findOne()
                .orElse(null);
    }
}
