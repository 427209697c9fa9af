package dev.porthole.core.api;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A public address bound to one endpoint.
 *
 * @param project the id of the project that owns it
 * @param name the DNS label of its address: public, unique, never changed by itself
 * @param label display text
 * @param hostHeader which {@code Host} the app behind the endpoint sees
 * @param url the public address, such as {@code http://happy-panda-dancing.localhost:8080}
 * @param connector the id of the connector that last enabled it
 * @param address whether the url tells it by a name or by a port
 * @param visibleInNetwork whether other computers of this network reach its port; otherwise who does is the server's
 *     setting
 * @param version grows by one with each change; the {@code ETag} is this number in quotes
 * @param expiresAt when it is turned off, and goes as soon as no agent is connected for it; never, if absent
 * @param metadata what its owners noted about it; the server makes nothing of it
 * @param quick whether it is a quick share that nobody kept: it goes a day after it was last carried
 */
public record Tunnel(
        String id,
        String project,
        String name,
        String label,
        Endpoint endpoint,
        HostHeader hostHeader,
        String url,
        TunnelAddress address,
        boolean visibleInNetwork,
        boolean enabled,
        @Nullable String connector,
        List<Condition> conditions,
        long version,
        Instant createdAt,
        @Nullable Instant expiresAt,
        @Nullable Instant lastActiveAt,
        Map<String, String> metadata,
        boolean quick) {
    public Tunnel {
        conditions = List.copyOf(conditions);
        // A server of a release without metadata does not say it.
        metadata = Collections.unmodifiableMap(new TreeMap<>(Objects.requireNonNullElse(metadata, Map.of())));
        // A server of a release without ports does not say it.
        address = Objects.requireNonNullElse(address, TunnelAddress.name);
    }

    /** With nothing noted about it, and an address by name. */
    public Tunnel(
            String id,
            String project,
            String name,
            String label,
            Endpoint endpoint,
            HostHeader hostHeader,
            String url,
            boolean enabled,
            @Nullable String connector,
            List<Condition> conditions,
            long version,
            Instant createdAt,
            @Nullable Instant expiresAt,
            @Nullable Instant lastActiveAt) {
        this(
                id,
                project,
                name,
                label,
                endpoint,
                hostHeader,
                url,
                TunnelAddress.name,
                false,
                enabled,
                connector,
                conditions,
                version,
                createdAt,
                expiresAt,
                lastActiveAt,
                Map.of(),
                false);
    }

    /** The condition of a type, if the server has said anything about it. */
    public Optional<Condition> condition(Condition.Type type) {
        return conditions.stream().filter(condition -> condition.type() == type).findFirst();
    }

    /** Whether {@link Condition.Type#Ready} holds. */
    public boolean ready() {
        return condition(Condition.Type.Ready).filter(Condition::holds).isPresent();
    }
}
