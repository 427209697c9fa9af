package dev.porthole.server.pages;

import dev.porthole.core.api.OAuthClient;
import dev.porthole.server.console.Form;
import dev.porthole.server.console.Question;
import dev.porthole.server.console.Sheet;
import dev.porthole.server.control.ApiRequest;
import dev.porthole.server.control.ApiResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Apps of others that may sign people in here, for administrators. */
final class ClientPages {
    static final String CLIENTS = PageCall.API + "/admin/clients";
    private static final String CLIENT = CLIENTS + "/{client}";
    private static final String AT = "/console/admin/clients";

    private ClientPages() {}

    static void mount(Console.Mounting at) {
        at.page(AT, ClientPages::list)
                .page(AT + "/new", call -> call.show(registering(call)))
                .form(AT + "/new", ClientPages::register)
                .page(AT + "/{client}/remove", call -> call.show(removal(call)))
                .form(AT + "/{client}/remove", ClientPages::remove);
    }

    private static void list(PageCall call) throws NotShownException {
        call.show(new Sheet(
                call.ofAdministration("clients"),
                "Apps",
                "Programs of others that may sign people in here. Each person is asked first.",
                List.of(Sheet.Go.first("Register an app", AT + "/new")),
                List.of(new Sheet.Table(
                        "",
                        List.of("Name", "Client id", "Leads back to", "Registered"),
                        call.list(OAuthClient.class, CLIENTS).items().stream()
                                .map(ClientPages::row)
                                .toList(),
                        null,
                        "apps",
                        "No apps yet. Porthole's own app needs none."))));
    }

    private static Sheet.Row row(OAuthClient client) {
        return new Sheet.Row(
                List.of(
                        Sheet.Cell.words(client.name()),
                        Sheet.Cell.code(client.id()),
                        Sheet.Cell.code(String.join(" ", client.redirectUris())),
                        Sheet.Cell.at(client.createdAt(), "")),
                List.of(new Sheet.Go(
                        "Remove…", client.name(), AT + "/" + PageCall.encoded(client.id()) + "/remove", "bad")));
    }

    private static Form registering(PageCall call) throws NotShownException {
        return new Form(
                call.ofAdministration("clients"),
                "Register an app",
                "",
                AT + "/new",
                List.of(
                        Form.Text.line("name", "Name", call.visit().field("name"), "As people see it when they are asked."),
                        new Form.Text(
                                "redirectUris",
                                "Leads back to",
                                "textarea",
                                call.visit().field("redirectUris"),
                                "Redirect addresses, one a line, byte for byte. None for an app that only shows codes.",
                                false,
                                4_000,
                                null),
                        new Form.Choice(
                                "resourceServer",
                                "Kind",
                                List.of(
                                        new Form.Option("false", "Signs people in"),
                                        new Form.Option("true", "Only asks what access tokens are worth")),
                                call.visit().field("resourceServer"),
                                "")),
                "Register",
                false,
                AT,
                null);
    }

    private static void register(PageCall call) throws NotShownException {
        List<String> uris = call.visit().field("redirectUris").lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
        Map<String, Object> body =
                new LinkedHashMap<>(Map.of("name", call.visit().field("name"), "redirectUris", uris));
        if (call.visit().field("resourceServer").equals("true")) {
            body.put("resourceServer", true);
        }
        switch (call.call(ApiRequest.of("POST", CLIENTS).body(body))) {
            case ApiResult.Done done -> showMade(call, done.as(OAuthClient.class));
            case ApiResult.Refused refused ->
                call.show(refused.problem().status(), registering(call).refused(refused.problem()));
        }
    }

    private static void showMade(PageCall call, OAuthClient made) throws NotShownException {
        Sheet.Section shown = made.secret() == null
                ? new Sheet.Facts("", List.of(new Sheet.Fact("Client id", Sheet.Cell.code(made.id()))))
                : new Sheet.Once(
                        "",
                        "The secret of " + made.id(),
                        made.secret(),
                        "Copy it now: it can't be shown again.");
        call.show(new Sheet(
                call.ofAdministration("clients"),
                made.name(),
                "The app is registered.",
                List.of(Sheet.Go.to("All apps", AT)),
                List.of(shown)));
    }

    private static Question removal(PageCall call) throws NotShownException {
        OAuthClient client = call.list(OAuthClient.class, CLIENTS).items().stream()
                .filter(one -> one.id().equals(call.visit().path("client")))
                .findFirst()
                .orElseThrow(() -> NotShownException.missing("app"));
        return Question.of(
                call.ofAdministration("clients"),
                "Remove " + client.name() + "?",
                List.of("Its tokens and the sessions that run on them end at once, for everyone."),
                AT + "/" + PageCall.encoded(client.id()) + "/remove",
                "Remove app",
                AT);
    }

    private static void remove(PageCall call) throws NotShownException {
        call.need(ApiRequest.of("DELETE", CLIENT, call.visit().path("client")));
        call.done(AT, Said.CLIENT_REMOVED);
    }
}
