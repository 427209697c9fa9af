package dev.porthole.server.store;

import dev.porthole.core.api.User;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A person's account: whom a provider knows by a subject.
 *
 * @param provider {@code local}, or the provider's configured name
 * @param subject the provider's own id of the person; a local account's user name in lower case
 * @param passwordHash of a local account, with its parameters in it; never leaves the server
 */
public record Account(
        String id,
        String provider,
        String subject,
        String name,
        @Nullable String email,
        @Nullable String passwordHash,
        boolean administrator,
        boolean active,
        Instant createdAt) {
    /** What the API says of the person. */
    public User toUser() {
        return new User(id, name, email, administrator);
    }

    @Override
    public String toString() {
        return "Account[" + id + ", " + provider + ":" + subject + "]";
    }
}
