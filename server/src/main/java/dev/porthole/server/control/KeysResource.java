package dev.porthole.server.control;

import dev.porthole.core.api.ApiKey;
import dev.porthole.core.api.ApiKeyRequest;
import dev.porthole.core.api.NewApiKey;
import dev.porthole.core.api.Role;
import dev.porthole.server.control.Route.Output;
import dev.porthole.server.identity.ApiKeys;
import dev.porthole.server.store.Slice;
import dev.porthole.server.store.Store;
import dev.porthole.server.store.StoredProject;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * A project's API keys. A key may never do more than its maker: neither when it is made, nor when it is used. Making
 * one can't be repeated with an {@code Idempotency-Key}: the answer holds a secret, which is kept nowhere.
 */
final class KeysResource implements Resource {
    private static final String KEYS = PROJECT + "/keys";
    private static final String KEY = KEYS + "/{key}";

    private final Store store;
    private final Access access;
    private final Changes changes;
    private final Quotas quotas;
    private final ApiKeys keys;
    private final KeyExpiry expiry;
    private final Scheduler scheduler;

    KeysResource(
            Store store,
            Access access,
            Changes changes,
            Quotas quotas,
            ApiKeys keys,
            KeyExpiry expiry,
            Scheduler scheduler) {
        this.store = store;
        this.access = access;
        this.changes = changes;
        this.quotas = quotas;
        this.keys = keys;
        this.expiry = expiry;
        this.scheduler = scheduler;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get(KEYS, Scope.KEYS_READ, "The project's keys", Output.page(ApiKey.class), this::list),
                new Route(
                        "POST",
                        KEYS,
                        Scope.KEYS_WRITE,
                        "Makes a key for the project, or for one of its tunnels",
                        ApiKeyRequest.class,
                        Output.one(201, NewApiKey.class),
                        this::create),
                Route.delete(KEY, Scope.KEYS_WRITE, "Ends a key and its sessions at once", this::revoke),
                new Route(
                        "POST",
                        KEY + "/rotate",
                        Scope.KEYS_WRITE,
                        "Puts another key in the place of one, which ends at once",
                        null,
                        Output.one(201, NewApiKey.class),
                        this::rotate));
    }

    private Answer list(Call call) {
        Slice slice = call.slice();
        return Answer.ok(store.read(handle -> {
            StoredProject project = access.project(handle, call);
            return Views.page(
                    store.keys().list(handle, project.id(), Views.oneMore(slice)),
                    slice,
                    store.keys().count(handle, project.id()),
                    key -> new Slice.Place(key.createdAt(), key.id()),
                    Function.identity());
        }));
    }

    private Answer create(Call call) {
        ApiKeyRequest request = call.body(ApiKeyRequest.class);
        String name = Texts.line("name", request.name());
        Set<Scope> scopes = scopes(request);
        Instant now = scheduler.now();
        FutureTime.require("expiresAt", request.expiresAt(), now);
        return Answer.created(store.write(handle -> {
            StoredProject project = access.project(handle, call);
            requireRights(handle, call, project, scopes);
            requireTunnel(handle, project, request.tunnel());
            quotas.requireKey(handle, call, project.id());
            NewApiKey made = keys.mint(
                    handle,
                    new ApiKeys.Wanted(
                            call.person().orElseThrow(ProblemException::unauthenticated),
                            project.id(),
                            request.tunnel(),
                            name,
                            scopes.stream().map(Scope::text).collect(Collectors.toSet()),
                            request.expiresAt()));
            changes.deed(
                    handle,
                    call.actor(),
                    project.id(),
                    "key.created",
                    made.key().id(),
                    made.key(),
                    now);
            handle.afterCommit(() -> expiry.watch(made.key()));
            return made;
        }));
    }

    private static Set<Scope> scopes(ApiKeyRequest request) {
        if (request.scopes() == null) {
            return Scope.OF_RUNNING_TUNNELS;
        }
        Set<Scope> scopes = EnumSet.noneOf(Scope.class);
        for (String text : request.scopes()) {
            Set<Scope> possible = request.tunnel() == null ? Scope.OF_KEYS : Scope.OF_RUNNING_TUNNELS;
            scopes.add(Scope.of(text)
                    .filter(possible::contains)
                    .orElseThrow(() -> ProblemException.invalid(
                            "scopes",
                            "scopes: " + text + " (expected: of "
                                    + possible.stream()
                                            .map(Scope::text)
                                            .sorted()
                                            .collect(Collectors.joining(", "))
                                    + ")")));
        }
        return scopes;
    }

    /** Nobody gives a key what they don't have themselves. */
    private void requireRights(Handle handle, Call call, StoredProject project, Set<Scope> scopes) {
        Role role = role(handle, call, project);
        for (Scope scope : scopes) {
            if (!Rights.may(role, scope)) {
                throw ProblemException.roleMissing(role, "one with " + scope.text());
            }
            Access.requireScope(call.principal(), scope);
        }
    }

    private void requireTunnel(Handle handle, StoredProject project, @Nullable String tunnel) {
        if (tunnel != null
                && store.tunnels().findIn(handle, project.id(), tunnel).isEmpty()) {
            throw ProblemException.invalid("tunnel", "tunnel: not found (expected: one of the project's)");
        }
    }

    private Answer revoke(Call call) {
        Instant now = scheduler.now();
        store.writeOnly(handle -> {
            StoredProject project = access.project(handle, call);
            ApiKey key = store.keys()
                    .findIn(handle, project.id(), call.path("key"))
                    .orElseThrow(() -> ProblemException.notFound("key"));
            requireOwn(handle, call, project, key);
            keys.revoke(handle, key.id(), "revoked");
            changes.deed(handle, call.actor(), project.id(), "key.deleted", key.id(), null, now);
        });
        return new Answer.NoContent();
    }

    private Answer rotate(Call call) {
        Instant now = scheduler.now();
        return Answer.created(store.write(handle -> {
            StoredProject project = access.project(handle, call);
            ApiKey old = store.keys()
                    .findIn(handle, project.id(), call.path("key"))
                    .orElseThrow(() -> gone(handle, call, project));
            requireOwn(handle, call, project, old);
            requireRights(handle, call, project, known(old));
            NewApiKey successor = keys.rotate(handle, old, call.person().orElseThrow(ProblemException::unauthenticated))
                    .orElseThrow(() -> gone(handle, call, project));
            changes.deed(
                    handle,
                    call.actor(),
                    project.id(),
                    "key.rotated",
                    successor.key().id(),
                    successor.key(),
                    now);
            changes.observed(handle, project.id(), "key.deleted", old.id(), null, now);
            handle.afterCommit(() -> expiry.watch(successor.key()));
            return successor;
        }));
    }

    private static Set<Scope> known(ApiKey key) {
        return key.scopes().stream().flatMap(text -> Scope.of(text).stream()).collect(Collectors.toSet());
    }

    /** Of two who rotate a key at once, one is told that the other was first. */
    private ProblemException gone(Handle handle, Call call, StoredProject project) {
        return store.keys().isReplaced(handle, project.id(), call.path("key"))
                ? ProblemException.of(
                        409, "key-rotated", "The key was rotated before", "expected: a key that has no successor yet")
                : ProblemException.notFound("key");
    }

    /** A member ends and rotates keys of their own; an owner ends and rotates all, and what they rotate is theirs. */
    private void requireOwn(Handle handle, Call call, StoredProject project, ApiKey key) {
        Role role = role(handle, call, project);
        if (role != Role.owner && !call.person().equals(Optional.of(key.user()))) {
            throw ProblemException.roleMissing(role, "owner, for a key of someone else's");
        }
    }

    private Role role(Handle handle, Call call, StoredProject project) {
        return access.role(handle, call, project.organization().id())
                .orElseThrow(() -> ProblemException.notFound("project"));
    }
}
