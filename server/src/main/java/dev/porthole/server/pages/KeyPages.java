package dev.porthole.server.pages;

import dev.porthole.core.api.ApiKey;
import dev.porthole.core.api.NewApiKey;
import dev.porthole.core.api.Page;
import dev.porthole.core.api.Tunnel;
import dev.porthole.server.console.Form;
import dev.porthole.server.console.Question;
import dev.porthole.server.console.Sheet;
import dev.porthole.server.control.ApiRequest;
import dev.porthole.server.control.ApiResult;
import dev.porthole.server.control.Scope;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A project's API keys: made and rotated with a secret that is shown once, and revoked. */
final class KeyPages {
    static final String KEYS = PageCall.PROJECT + "/keys";
    private static final String KEY = KEYS + "/{key}";
    private static final String ROTATE = KEY + "/rotate";
    private static final String AT = "/console/projects/{project}/keys";

    private KeyPages() {}

    static void mount(Console.Mounting at) {
        at.page(AT, KeyPages::list)
                .page(AT + "/new", call -> call.show(making(call)))
                .form(AT + "/new", KeyPages::make)
                .page(AT + "/{key}/rotate", call -> call.show(rotation(call)))
                .form(AT + "/{key}/rotate", KeyPages::rotate)
                .page(AT + "/{key}/revoke", call -> call.show(revocation(call)))
                .form(AT + "/{key}/revoke", KeyPages::revoke);
    }

    private static void list(PageCall call) throws NotShownException {
        Page<ApiKey> keys = call.slice(ApiKey.class, KEYS, call.project());
        List<Sheet.Row> rows = keys.items().stream().map(key -> row(call, key)).toList();
        call.show(new Sheet(
                call.ofProject("keys"),
                "Keys",
                "For programs that use this project without signing in.",
                List.of(Sheet.Go.first("New key", call.at("/keys/new"))),
                List.of(new Sheet.Table(
                        "",
                        List.of("Name", "Begins with", "May", "Made", "Last used", "Expires"),
                        rows,
                        call.pager(keys, call.at("/keys")),
                        "keys",
                        "No keys yet. A program that shares ports by itself, such as one of your CI, needs one."))));
    }

    private static Sheet.Row row(PageCall call, ApiKey key) {
        String at = call.at("/keys/" + key.id());
        return new Sheet.Row(
                List.of(
                        Sheet.Cell.words(key.name()),
                        Sheet.Cell.code(key.prefix() + "…"),
                        Sheet.Cell.words(
                                String.join(", ", key.scopes()) + (key.tunnel() == null ? "" : ", for one tunnel")),
                        Sheet.Cell.at(key.createdAt(), ""),
                        Sheet.Cell.at(key.lastUsedAt(), "never"),
                        Sheet.Cell.at(key.expiresAt(), "never")),
                List.of(
                        new Sheet.Go("Rotate…", key.name(), at + "/rotate", ""),
                        new Sheet.Go("Revoke…", key.name(), at + "/revoke", "bad")));
    }

    private static Form making(PageCall call) throws NotShownException {
        List<Form.Option> reach = new ArrayList<>();
        reach.add(new Form.Option("", "The whole project"));
        for (Tunnel tunnel : call.list(
                        Tunnel.class,
                        ApiRequest.of("GET", PageCall.PROJECT + "/tunnels", call.project())
                                .query("limit", "200"))
                .items()) {
            reach.add(new Form.Option(tunnel.id(), "Only " + tunnel.label()));
        }
        List<Form.Option> scopes = Scope.all().stream()
                .sorted()
                .map(scope -> new Form.Option(scope, scope))
                .toList();
        return new Form(
                call.ofProject("keys"),
                "New key",
                "Its secret is shown once, when it is made.",
                call.at("/keys/new"),
                List.of(
                        Form.Text.line("name", "Name", call.visit().field("name"), "What will use it, such as CI."),
                        new Form.Choice("tunnel", "Reaches", reach, call.visit().field("tunnel"), ""),
                        new Form.Boxes(
                                "scopes",
                                "May",
                                scopes,
                                call.visit().fields("scopes"),
                                "With none ticked it may do what running tunnels takes."),
                        Form.Text.optional(
                                        "expiresAt",
                                        "Expires",
                                        call.visit().field("expiresAt"),
                                        "At the end of this day, in UTC. Without one it never does.")
                                .as("date")),
                "Make key",
                false,
                call.at("/keys"),
                null);
    }

    private static void make(PageCall call) throws NotShownException {
        Map<String, Object> body =
                new LinkedHashMap<>(Map.of("name", call.visit().field("name")));
        if (!call.visit().field("tunnel").isEmpty()) {
            body.put("tunnel", call.visit().field("tunnel"));
        }
        if (!call.visit().fields("scopes").isEmpty()) {
            body.put("scopes", call.visit().fields("scopes"));
        }
        if (!call.visit().field("expiresAt").isEmpty()) {
            body.put("expiresAt", Days.end(call.visit().field("expiresAt")));
        }
        switch (call.call(ApiRequest.of("POST", KEYS, call.project()).body(body))) {
            case ApiResult.Done done -> showSecret(call, done.as(NewApiKey.class), "The key is made.");
            case ApiResult.Refused refused ->
                call.show(refused.problem().status(), making(call).refused(refused.problem()));
        }
    }

    private static void showSecret(PageCall call, NewApiKey made, String said) throws NotShownException {
        call.show(new Sheet(
                call.ofProject("keys"),
                made.key().name(),
                said,
                List.of(Sheet.Go.to("All keys", call.at("/keys"))),
                List.of(new Sheet.Once(
                        "",
                        "The key",
                        made.secret(),
                        "Copy it now: it can't be shown again. Programs send it as a Bearer token or as x-api-key, or"
                                + " read it from PORTHOLE_API_KEY."))));
    }

    /** A key of the project, found in its list: there is no route to one alone. */
    private static ApiKey key(PageCall call) throws NotShownException {
        String cursor = "";
        do {
            Page<ApiKey> some = call.list(
                    ApiKey.class,
                    ApiRequest.of("GET", KEYS, call.project())
                            .query("limit", "200")
                            .query("cursor", cursor));
            for (ApiKey key : some.items()) {
                if (key.id().equals(call.visit().path("key"))) {
                    return key;
                }
            }
            cursor = some.next() == null ? "" : some.next();
        } while (!cursor.isEmpty());
        throw NotShownException.missing("key");
    }

    private static Question rotation(PageCall call) throws NotShownException {
        ApiKey key = key(call);
        return Question.of(
                call.ofProject("keys"),
                "Rotate " + key.name() + "?",
                List.of("The current secret, " + key.prefix() + "…, ends immediately, with all that runs on it. You get"
                        + " another one, which is shown once."),
                call.at("/keys/" + key.id() + "/rotate"),
                "Rotate key",
                call.at("/keys"));
    }

    private static void rotate(PageCall call) throws NotShownException {
        switch (call.call(
                ApiRequest.of("POST", ROTATE, call.project(), call.visit().path("key")))) {
            case ApiResult.Done done ->
                showSecret(call, done.as(NewApiKey.class), "The key is rotated. The old secret is worth nothing now.");
            case ApiResult.Refused refused ->
                call.show(refused.problem().status(), rotation(call).failed(Problems.line(refused.problem())));
        }
    }

    private static Question revocation(PageCall call) throws NotShownException {
        ApiKey key = key(call);
        return Question.of(
                call.ofProject("keys"),
                "Revoke " + key.name() + "?",
                List.of("The key " + key.prefix() + "… ends immediately, with the sessions that run on it."),
                call.at("/keys/" + key.id() + "/revoke"),
                "Revoke key",
                call.at("/keys"));
    }

    private static void revoke(PageCall call) throws NotShownException {
        call.need(ApiRequest.of("DELETE", KEY, call.project(), call.visit().path("key")));
        call.done(call.at("/keys"), Said.KEY_REVOKED);
    }
}
