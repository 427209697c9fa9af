package dev.porthole.server.control;

import static dev.porthole.server.control.OrganizationsResource.ORGANIZATION;

import dev.porthole.core.api.Ids;
import dev.porthole.core.api.Invitation;
import dev.porthole.core.api.InvitationOffer;
import dev.porthole.core.api.InvitationRequest;
import dev.porthole.core.api.Organization;
import dev.porthole.server.control.Route.Output;
import dev.porthole.server.identity.OpaqueToken;
import dev.porthole.server.store.Slice;
import dev.porthole.server.store.Store;
import dev.porthole.server.store.StoredInvitation;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Links that let people into an organization: each works once, and not for long. */
final class InvitationsResource implements Resource {
    private static final String INVITATIONS = ORGANIZATION + "/invitations";
    private static final String OFFER = API + "/invitations/{secret}";

    private static final String PREFIX = "phi_";
    private static final Duration LIFETIME = Duration.ofDays(7);
    private static final Duration LONGEST = Duration.ofDays(30);
    /** That nobody has accepted yet, of one organization. */
    private static final int MOST_OPEN = 100;

    private final Store store;
    private final Access access;
    private final Changes changes;
    private final URI pages;
    private final Scheduler scheduler;

    /** @param pages where links lead to */
    InvitationsResource(Store store, Access access, Changes changes, URI pages, Scheduler scheduler) {
        this.store = store;
        this.access = access;
        this.changes = changes;
        this.pages = pages;
        this.scheduler = scheduler;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get(
                        INVITATIONS,
                        Scope.MEMBERS_READ,
                        "Invitations that nobody has accepted yet",
                        Output.page(Invitation.class),
                        this::list),
                new Route(
                        "POST",
                        INVITATIONS,
                        Scope.MEMBERS_WRITE,
                        "Makes a link that lets one person in, once",
                        InvitationRequest.class,
                        Output.one(201, Invitation.class),
                        this::invite),
                Route.delete(
                        INVITATIONS + "/{invitation}", Scope.MEMBERS_WRITE, "Withdraws an invitation", this::withdraw),
                Route.get(
                        OFFER,
                        Scope.PROJECTS_READ,
                        "What a link offers to a signed-in person",
                        Output.one(200, InvitationOffer.class),
                        this::offer),
                new Route(
                        "POST",
                        OFFER + "/accept",
                        Scope.PROJECTS_READ,
                        "Lets the signed-in person into the organization, once",
                        null,
                        Output.one(200, Organization.class),
                        this::accept));
    }

    private Answer list(Call call) {
        Slice slice = call.slice();
        Instant now = scheduler.now();
        return Answer.ok(store.read(handle -> {
            Organization organization = access.organization(handle, call);
            return Views.page(
                    store.invitations().list(handle, organization.id(), now, Views.oneMore(slice)),
                    slice,
                    store.invitations().count(handle, organization.id(), now),
                    invitation -> new Slice.Place(invitation.createdAt(), invitation.id()),
                    invitation -> view(invitation, null));
        }));
    }

    private Answer invite(Call call) {
        InvitationRequest request = call.body(InvitationRequest.class);
        String email = request.email() == null ? null : Texts.line("email", request.email());
        Instant now = scheduler.now();
        Instant end = end(request.expiresAt(), now);
        String secret = OpaqueToken.next(PREFIX);
        return Answer.created(store.write(handle -> {
            Organization organization = access.organization(handle, call);
            store.invitations().removeExpired(handle, now);
            if (store.invitations().count(handle, organization.id(), now) >= MOST_OPEN) {
                throw ProblemException.of(
                        409,
                        "too-many-invitations",
                        "Too many invitations are open",
                        "invitations: " + MOST_OPEN + " (expected: less; withdraw some)");
            }
            StoredInvitation made = new StoredInvitation(
                    Ids.next("inv"),
                    OpaqueToken.hash(secret),
                    organization.id(),
                    request.role(),
                    email,
                    call.person().orElseThrow(ProblemException::unauthenticated),
                    now,
                    end);
            store.invitations().insert(handle, made);
            changes.noted(
                    handle,
                    call.actor(),
                    null,
                    "invitation.created",
                    made.id(),
                    organization.id() + " as " + made.role(),
                    now);
            return view(made, pages + "/invitations/" + secret);
        }));
    }

    private static Instant end(@Nullable Instant wanted, Instant now) {
        if (wanted == null) {
            return now.plus(LIFETIME);
        }
        if (!wanted.isAfter(now) || wanted.isAfter(now.plus(LONGEST))) {
            throw ProblemException.invalid(
                    "expiresAt",
                    "expiresAt: " + wanted + " (expected: a time to come, in " + LONGEST.toDays() + " days at most)");
        }
        return wanted;
    }

    private Answer withdraw(Call call) {
        Instant now = scheduler.now();
        store.writeOnly(handle -> {
            Organization organization = access.organization(handle, call);
            String id = call.path("invitation");
            if (!store.invitations().delete(handle, organization.id(), id)) {
                throw ProblemException.notFound("invitation");
            }
            changes.noted(handle, call.actor(), null, "invitation.deleted", id, organization.id(), now);
        });
        return new Answer.NoContent();
    }

    private Answer offer(Call call) {
        call.signedIn();
        return Answer.ok(store.read(handle -> {
            StoredInvitation invitation = invitation(handle, call);
            return new InvitationOffer(
                    store.projects()
                            .findOrganization(handle, invitation.organization())
                            .orElseThrow(() -> ProblemException.notFound("invitation")),
                    invitation.role(),
                    invitation.expiresAt());
        }));
    }

    private Answer accept(Call call) {
        String person = call.signedIn();
        Instant now = scheduler.now();
        return Answer.ok(store.write(handle -> {
            StoredInvitation invitation = invitation(handle, call);
            String organization = invitation.organization();
            if (store.members().role(handle, organization, person).isPresent()) {
                throw ProblemException.of(
                        409, "already-member", "You belong to this organization", "the invitation is still open");
            }
            store.invitations().delete(handle, organization, invitation.id());
            store.members().add(handle, organization, person, invitation.role(), now);
            changes.noted(
                    handle,
                    call.actor(),
                    null,
                    "member.created",
                    person,
                    organization + " as " + invitation.role() + " by " + invitation.id(),
                    now);
            return store.projects()
                    .findOrganization(handle, organization)
                    .orElseThrow(() -> ProblemException.notFound("invitation"));
        }));
    }

    /** Unknown, used, withdrawn and over are one. */
    private StoredInvitation invitation(Handle handle, Call call) {
        return store.invitations()
                .findByHash(handle, OpaqueToken.hash(call.path("secret")), scheduler.now())
                .orElseThrow(() -> ProblemException.notFound("invitation"));
    }

    private static Invitation view(StoredInvitation stored, @Nullable String link) {
        return new Invitation(stored.id(), stored.role(), stored.email(), link, stored.createdAt(), stored.expiresAt());
    }
}
