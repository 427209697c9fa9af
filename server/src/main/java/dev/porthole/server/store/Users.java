package dev.porthole.server.store;

import dev.porthole.core.api.UserAccount;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Accounts. A person is (provider, the provider's id); two providers' people are two accounts. */
public interface Users {
    void insert(Handle handle, Account account);

    Optional<Account> find(Handle handle, String id);

    Optional<Account> findBySubject(Handle handle, String provider, String subject);

    long count(Handle handle);

    /** All accounts, the oldest first. */
    List<UserAccount> list(Handle handle, Slice slice);

    Optional<UserAccount> account(Handle handle, String id);

    void setActive(Handle handle, String id, boolean active);

    void setAdministrator(Handle handle, String id, boolean administrator);

    /** How many administrators may sign in. */
    long activeAdministrators(Handle handle);
}
