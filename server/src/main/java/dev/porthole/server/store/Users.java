package dev.porthole.server.store;

import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Accounts. A person is (provider, the provider's id); two providers' people are two accounts. */
public interface Users {
    void insert(Handle handle, Account account);

    Optional<Account> find(Handle handle, String id);

    Optional<Account> findBySubject(Handle handle, String provider, String subject);

    long count(Handle handle);
}
