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

    /** Deletes an account; what was its person's alone is gone before. */
    void delete(Handle handle, String id);

    /** The organizations that a user owns and nobody else does. */
    List<String> soleOrganizations(Handle handle, String user);

    /** The ids of an organization's projects. */
    List<String> projectsOf(Handle handle, String organization);

    /** Deletes an organization with its projects' rows. */
    void deleteOrganization(Handle handle, String id);
}
