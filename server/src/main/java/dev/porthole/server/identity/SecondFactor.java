package dev.porthole.server.identity;

import dev.porthole.core.api.SecondFactorStatus;
import dev.porthole.server.store.SecretBox;
import dev.porthole.server.store.Store;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Codes of authenticator apps, and recovery codes for the day without the app. A code works once: its time step and all
 * before it are spent by it. Seeds are sealed; recovery codes have 80 random bits and are kept as SHA-256. Safe from
 * any thread; blocking.
 */
final class SecondFactor {
    static final int RECOVERY_CODES = 10;

    /** From being shown a seed to the first code of it. */
    static final Duration SETTING_UP = Duration.ofMinutes(15);

    private static final int RECOVERY_LETTERS = 16;
    private static final SecureRandom RANDOM = new SecureRandom();

    private record Row(
            byte[] sealed,
            long lastStep,
            long begunAt,
            @Nullable Long confirmedAt) {}

    private final Store store;
    private final SecretBox box;
    private final InstantSource clock;

    SecondFactor(Store store, SecretBox box, InstantSource clock) {
        this.store = store;
        this.box = box;
        this.clock = clock;
    }

    /** Whether a user's sign-in asks for a code. */
    boolean isOn(String userId) {
        return store.read(handle -> confirmed(handle, userId).isPresent());
    }

    SecondFactorStatus status(Handle handle, String userId, boolean available) {
        Optional<Row> row = confirmed(handle, userId);
        int left = handle.createQuery("SELECT COUNT(*) FROM recovery_codes WHERE user_id = ?")
                .bind(0, userId)
                .mapTo(Integer.class)
                .one();
        return new SecondFactorStatus(
                row.isPresent(),
                available,
                row.map(Row::confirmedAt).map(Instant::ofEpochMilli).orElse(null),
                row.isPresent() ? left : 0);
    }

    /** Makes a seed that the first right code switches on; empty if a code is asked for already. */
    Optional<byte[]> begin(String userId) {
        byte[] seed = new byte[Totp.SEED_BYTES];
        RANDOM.nextBytes(seed);
        return store.write(handle -> {
            if (confirmed(handle, userId).isPresent()) {
                return Optional.empty();
            }
            handle.execute("DELETE FROM second_factors WHERE user_id = ?", userId);
            handle.execute(
                    "INSERT INTO second_factors (user_id, sealed, last_step, begun_at) VALUES (?, ?, 0, ?)",
                    userId,
                    box.seal(seed, context(userId)),
                    clock.millis());
            return Optional.of(seed);
        });
    }

    /** The seed that waits for its first code. */
    Optional<byte[]> waiting(String userId) {
        return store.read(handle -> waiting(handle, userId)).map(row -> box.open(row.sealed, context(userId)));
    }

    /** Switches on with a first right code, and gives the recovery codes; empty if the code is wrong. */
    Optional<List<String>> confirm(String userId, String code) {
        return store.write(handle -> {
            Optional<Row> row = waiting(handle, userId);
            OptionalLong step = row.isEmpty()
                    ? OptionalLong.empty()
                    : Totp.stepOf(box.open(row.get().sealed, context(userId)), digits(code), clock.instant());
            if (step.isEmpty()) {
                return Optional.empty();
            }
            handle.execute(
                    "UPDATE second_factors SET confirmed_at = ?, last_step = ? WHERE user_id = ?",
                    clock.millis(),
                    step.getAsLong(),
                    userId);
            return Optional.of(freshRecoveryCodes(handle, userId));
        });
    }

    /** Whether this is a code of the app or a recovery code that was not used before; it is used by this. */
    boolean accepts(String userId, String code) {
        return store.write(handle -> accepts(handle, userId, code));
    }

    /** {@link #accepts(String, String)} in the caller's transaction. */
    boolean accepts(Handle handle, String userId, String code) {
        Optional<Row> row = confirmed(handle, userId);
        if (row.isEmpty()) {
            return false;
        }
        OptionalLong step = Totp.stepOf(box.open(row.get().sealed, context(userId)), digits(code), clock.instant());
        if (step.isPresent()) {
            return handle.execute(
                            "UPDATE second_factors SET last_step = ? WHERE user_id = ? AND last_step < ?",
                            step.getAsLong(),
                            userId,
                            step.getAsLong())
                    > 0;
        }
        return handle.execute("DELETE FROM recovery_codes WHERE user_id = ? AND hash = ?", userId, recoveryHash(code))
                > 0;
    }

    /** Asks for no code any more, in the caller's transaction. */
    void remove(Handle handle, String userId) {
        handle.execute("DELETE FROM recovery_codes WHERE user_id = ?", userId);
        handle.execute("DELETE FROM second_factors WHERE user_id = ?", userId);
    }

    private static List<String> freshRecoveryCodes(Handle handle, String userId) {
        handle.execute("DELETE FROM recovery_codes WHERE user_id = ?", userId);
        List<String> codes = new ArrayList<>();
        for (int i = 0; i < RECOVERY_CODES; i++) {
            String code = ReadableCode.next(RECOVERY_LETTERS);
            handle.execute("INSERT INTO recovery_codes (user_id, hash) VALUES (?, ?)", userId, recoveryHash(code));
            codes.add(code);
        }
        return codes;
    }

    private Optional<Row> waiting(Handle handle, String userId) {
        return find(handle, userId)
                .filter(row -> row.confirmedAt == null && clock.millis() - row.begunAt < SETTING_UP.toMillis());
    }

    private static Optional<Row> confirmed(Handle handle, String userId) {
        return find(handle, userId).filter(row -> row.confirmedAt != null);
    }

    private static Optional<Row> find(Handle handle, String userId) {
        return handle.createQuery("SELECT * FROM second_factors WHERE user_id = ?")
                .bind(0, userId)
                .map((row, context) -> new Row(
                        row.getBytes("sealed"),
                        row.getLong("last_step"),
                        row.getLong("begun_at"),
                        row.getObject("confirmed_at") == null ? null : row.getLong("confirmed_at")))
                .findOne();
    }

    private static String digits(String code) {
        return code.replaceAll("\\s", "");
    }

    private static String recoveryHash(String code) {
        return OpaqueToken.hash(ReadableCode.letters(code));
    }

    private static String context(String userId) {
        return "totp:" + userId;
    }
}
