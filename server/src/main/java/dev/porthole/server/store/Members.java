package dev.porthole.server.store;

import dev.porthole.core.api.Member;
import dev.porthole.core.api.Role;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Who belongs to which organization, and as what. */
public interface Members {
    void add(Handle handle, String organization, String user, Role role, Instant at);

    void change(Handle handle, String organization, String user, Role role);

    void remove(Handle handle, String organization, String user);

    /** What a user is in an organization; empty for whoever does not belong to it. */
    Optional<Role> role(Handle handle, String organization, String user);

    Optional<Member> find(Handle handle, String organization, String user);

    List<Member> list(Handle handle, String organization, Slice slice);

    long count(Handle handle, String organization);

    /** Whether an organization has an owner who can sign in beside this user. */
    boolean hasOwnerBeside(Handle handle, String organization, String user);

    /**
     * What the person behind a session's credential is in a project's organization.
     *
     * @return empty for an external connector's credential, which is no person's, and for one that is not there
     */
    Optional<Standing> standing(Handle handle, String credential, String project);

    /**
     * What a credential's person is in a project.
     *
     * @param role absent for whoever does not belong to it
     * @param tunnel the only tunnel that the credential reaches, if it is a tunnel's key
     */
    record Standing(@Nullable Role role, @Nullable String tunnel) {}
}
