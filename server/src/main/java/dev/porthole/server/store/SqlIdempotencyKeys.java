package dev.porthole.server.store;

import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

final class SqlIdempotencyKeys implements IdempotencyKeys {
    @Override
    public Optional<Kept> find(Handle handle, String owner, String key) {
        return handle.createQuery(
                        "SELECT fingerprint, status, body FROM idempotency_keys WHERE owner = :owner AND key = :key")
                .bind("owner", owner)
                .bind("key", key)
                .map((row, context) ->
                        new Kept(row.getString("fingerprint"), row.getInt("status"), row.getString("body")))
                .findOne();
    }

    @Override
    public void keep(Handle handle, String owner, String key, Kept answer, Instant at) {
        handle.createUpdate("INSERT INTO idempotency_keys (owner, key, fingerprint, status, body, at)"
                        + " VALUES (:owner, :key, :fingerprint, :status, :body, :at)")
                .bind("owner", owner)
                .bind("key", key)
                .bind("fingerprint", answer.fingerprint())
                .bind("status", answer.status())
                .bind("body", answer.body())
                .bind("at", at.toEpochMilli())
                .execute();
    }

    @Override
    public void forgetBefore(Handle handle, Instant time) {
        handle.createUpdate("DELETE FROM idempotency_keys WHERE at < :time")
                .bind("time", time.toEpochMilli())
                .execute();
    }
}
