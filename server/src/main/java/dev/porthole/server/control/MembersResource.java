package dev.porthole.server.control;

import static dev.porthole.server.control.OrganizationsResource.ORGANIZATION;

import dev.porthole.core.api.Member;
import dev.porthole.core.api.Organization;
import dev.porthole.core.api.Role;
import dev.porthole.core.api.RoleChange;
import dev.porthole.server.control.Route.Output;
import dev.porthole.server.identity.Departures;
import dev.porthole.server.store.Slice;
import dev.porthole.server.store.Store;
import dev.porthole.server.store.StoredProject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Who belongs to an organization, and as what. There is always an owner. */
final class MembersResource implements Resource {
    private static final String MEMBERS = ORGANIZATION + "/members";
    private static final String MEMBER = MEMBERS + "/{user}";

    private final Store store;
    private final Access access;
    private final Changes changes;
    private final Departures departures;
    private final SessionEnder sessions;
    private final EventStreams streams;
    private final Scheduler scheduler;

    MembersResource(
            Store store,
            Access access,
            Changes changes,
            Departures departures,
            SessionEnder sessions,
            EventStreams streams,
            Scheduler scheduler) {
        this.store = store;
        this.access = access;
        this.changes = changes;
        this.departures = departures;
        this.sessions = sessions;
        this.streams = streams;
        this.scheduler = scheduler;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get(
                        MEMBERS,
                        Scope.MEMBERS_READ,
                        "Who belongs to the organization",
                        Output.page(Member.class),
                        this::list),
                new Route(
                        "PATCH",
                        MEMBER,
                        Scope.MEMBERS_WRITE,
                        "Gives a member another role; the last owner stays one",
                        RoleChange.class,
                        Output.one(200, Member.class),
                        this::change),
                Route.delete(
                        MEMBER,
                        Scope.MEMBERS_WRITE,
                        "Takes a member out, with the keys and sessions that they had here; everyone may leave",
                        this::remove));
    }

    private Answer list(Call call) {
        Slice slice = call.slice();
        return Answer.ok(store.read(handle -> {
            Organization organization = access.organization(handle, call);
            return Views.page(
                    store.members().list(handle, organization.id(), Views.oneMore(slice)),
                    slice,
                    store.members().count(handle, organization.id()),
                    member -> new Slice.Place(member.since(), member.user()),
                    Function.identity());
        }));
    }

    private Answer change(Call call) {
        Role role = call.body(RoleChange.class).role();
        Instant now = scheduler.now();
        return Answer.ok(store.write(handle -> {
            Organization organization = access.organization(handle, call);
            Member member = member(handle, call, organization.id());
            if (member.role() == role) {
                return member;
            }
            requireOwnerLeft(handle, organization.id(), member);
            store.members().change(handle, organization.id(), member.user(), role);
            if (role != Role.owner) {
                store.invitations().removeBy(handle, organization.id(), member.user());
            }
            if (!Rights.may(role, Scope.CONNECT)) {
                endSessions(
                        handle,
                        projects(handle, organization.id()),
                        departures.disconnect(handle, organization.id(), member.user()));
            }
            changes.noted(
                    handle,
                    call.actor(),
                    null,
                    "member.updated",
                    member.user(),
                    organization.id() + ": " + member.role() + " to " + role,
                    now);
            return store.members()
                    .find(handle, organization.id(), member.user())
                    .orElseThrow();
        }));
    }

    private Answer remove(Call call) {
        Instant now = scheduler.now();
        store.writeOnly(handle -> {
            Organization organization = access.reachedOrganization(handle, call);
            if (!call.person().equals(Optional.of(call.path("user")))) {
                access.organization(handle, call);
            }
            Member member = member(handle, call, organization.id());
            requireOwnerLeft(handle, organization.id(), member);
            store.invitations().removeBy(handle, organization.id(), member.user());
            Set<String> over = departures.leave(handle, organization.id(), member.user());
            store.members().remove(handle, organization.id(), member.user());
            changes.noted(handle, call.actor(), null, "member.deleted", member.user(), organization.id(), now);
            Set<String> projects = projects(handle, organization.id());
            endSessions(handle, projects, over);
            handle.afterCommit(() -> streams.end(projects, member.user()));
        });
        return new Answer.NoContent();
    }

    private void requireOwnerLeft(Handle handle, String organization, Member member) {
        if (member.role() == Role.owner && !store.members().hasOwnerBeside(handle, organization, member.user())) {
            throw ProblemException.conflict(
                    "last-owner",
                    "An organization needs an owner",
                    "user: " + member.name() + " is the last one (expected: another owner first)",
                    "user");
        }
    }

    /** Ends what credentials carry in an organization's projects, once that is committed. */
    private void endSessions(Handle handle, Set<String> projects, Set<String> credentials) {
        handle.afterCommit(() -> sessions.endSessions(
                grant -> projects.contains(grant.project()) && credentials.contains(grant.parent())));
    }

    private Set<String> projects(Handle handle, String organization) {
        return store.projects().ofOrganization(handle, organization).stream()
                .map(StoredProject::id)
                .collect(Collectors.toSet());
    }

    private Member member(Handle handle, Call call, String organization) {
        return store.members()
                .find(handle, organization, call.path("user"))
                .orElseThrow(() -> ProblemException.notFound("member"));
    }
}
