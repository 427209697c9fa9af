package dev.porthole.server.pages;

import dev.porthole.core.api.OneTimeLink;
import dev.porthole.core.api.Page;
import dev.porthole.core.api.UserAccount;
import dev.porthole.server.console.Form;
import dev.porthole.server.console.Question;
import dev.porthole.server.console.Sheet;
import dev.porthole.server.control.ApiRequest;
import dev.porthole.server.control.ApiResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The server's accounts, for administrators. Others are refused by the API: 403. */
final class AdminPages {
    static final String USERS = PageCall.API + "/admin/users";
    private static final String USER = USERS + "/{user}";
    private static final String RESET = USER + "/password-reset";
    private static final String SECOND_FACTOR = USER + "/second-factor";
    private static final String INVITATIONS = PageCall.API + "/admin/invitations";
    private static final String AT = "/console/admin/users";

    private AdminPages() {}

    static void mount(Console.Mounting at) {
        at.page("/console/admin", call -> call.visit().go(AT))
                .page(AT, AdminPages::list)
                .page(AT + "/invite", call -> call.show(inviting(call)))
                .form(AT + "/invite", AdminPages::invite)
                .page(AT + "/{user}", call -> call.show(one(call)))
                .form(AT + "/{user}", AdminPages::change)
                .form(AT + "/{user}/password-reset", AdminPages::reset)
                .form(AT + "/{user}/second-factor/remove", AdminPages::removeSecondFactor);
        if (at.offers("DELETE", USER)) {
            at.page(AT + "/{user}/delete", call -> call.show(deletion(call)))
                    .form(AT + "/{user}/delete", AdminPages::delete);
        }
    }

    private static void list(PageCall call) throws NotShownException {
        Page<UserAccount> users = call.slice(UserAccount.class, USERS);
        call.show(new Sheet(
                call.ofAdministration("users"),
                "Users",
                "",
                List.of(Sheet.Go.first("Invite", AT + "/invite")),
                List.of(new Sheet.Table(
                        "",
                        List.of("Name", "Mail", "Signs in with", "Is", "Since", "Last sign-in"),
                        users.items().stream().map(AdminPages::row).toList(),
                        call.pager(users, AT),
                        "users",
                        "Nobody."))));
    }

    private static Sheet.Row row(UserAccount user) {
        return new Sheet.Row(
                List.of(
                        new Sheet.Link(user.name(), AT + "/" + user.id()),
                        Sheet.Cell.words(user.email()),
                        Sheet.Cell.words(user.provider()),
                        state(user),
                        Sheet.Cell.at(user.createdAt(), ""),
                        Sheet.Cell.at(user.lastSignInAt(), "never")),
                List.of());
    }

    private static Sheet.Cell state(UserAccount user) {
        if (!user.active()) {
            return new Sheet.Badge("deactivated", "bad");
        }
        return user.administrator() ? new Sheet.Badge("administrator", "good") : new Sheet.Badge("active", "");
    }

    private static UserAccount user(PageCall call) throws NotShownException {
        return call.get(UserAccount.class, USER, call.visit().path("user"));
    }

    private static String self(PageCall call) {
        return AT + "/" + call.visit().path("user");
    }

    private static Sheet one(PageCall call) throws NotShownException {
        UserAccount user = user(call);
        String self = self(call);
        List<Sheet.Act> acts = new ArrayList<>();
        acts.add(send(
                user.administrator() ? "Make an ordinary user" : "Make an administrator",
                self,
                "administrator",
                !user.administrator()));
        acts.add(send(user.active() ? "Deactivate" : "Activate", self, "active", !user.active()));
        if (user.provider().equals("local")) {
            acts.add(new Sheet.Send("Make a password link", "", self + "/password-reset", List.of()));
            acts.add(new Sheet.Send("Remove the second factor", "", self + "/second-factor/remove", List.of()));
        }
        if (call.offers("DELETE", USER)) {
            acts.add(new Sheet.Go("Delete…", "", self + "/delete", "bad"));
        }
        return new Sheet(
                call.ofAdministration("users"),
                user.name(),
                "",
                List.of(Sheet.Go.to("All users", AT)),
                List.of(
                        new Sheet.Facts(
                                "",
                                List.of(
                                        new Sheet.Fact("Is", state(user)),
                                        new Sheet.Fact("Signs in with", Sheet.Cell.words(user.provider())),
                                        new Sheet.Fact("Mail", Sheet.Cell.words(user.email())),
                                        new Sheet.Fact("Since", Sheet.Cell.at(user.createdAt(), "")),
                                        new Sheet.Fact("Last sign-in", Sheet.Cell.at(user.lastSignInAt(), "never")),
                                        new Sheet.Fact("Id", Sheet.Cell.code(user.id())))),
                        new Sheet.Actions(
                                "Change",
                                "Deactivating ends sessions and keys at once, and keeps names and the audit trail.",
                                acts)));
    }

    private static Sheet.Send send(String label, String self, String field, boolean value) {
        return new Sheet.Send(label, "", self, List.of(new Form.Hidden(field, Boolean.toString(value))));
    }

    private static void change(PageCall call) throws NotShownException {
        String field = call.visit().field("active").isEmpty() ? "administrator" : "active";
        ApiRequest request = ApiRequest.of("PATCH", USER, call.visit().path("user"))
                .body(Map.of(field, call.visit().field(field).equals("true")));
        after(call, request);
    }

    private static void removeSecondFactor(PageCall call) throws NotShownException {
        after(call, ApiRequest.of("DELETE", SECOND_FACTOR, call.visit().path("user")));
    }

    private static void after(PageCall call, ApiRequest request) throws NotShownException {
        switch (call.call(request)) {
            case ApiResult.Done _ -> call.done(self(call), Said.USER_CHANGED);
            case ApiResult.Refused refused ->
                call.show(refused.problem().status(), one(call).failed(Problems.line(refused.problem())));
        }
    }

    private static void reset(PageCall call) throws NotShownException {
        switch (call.call(ApiRequest.of("POST", RESET, call.visit().path("user")))) {
            case ApiResult.Done done -> showLink(call, "A new password for " + user(call).name(), done);
            case ApiResult.Refused refused ->
                call.show(refused.problem().status(), one(call).failed(Problems.line(refused.problem())));
        }
    }

    private static Form inviting(PageCall call) throws NotShownException {
        return new Form(
                call.ofAdministration("users"),
                "Invite",
                "You get a link that works once, and makes a local account. Nothing is mailed from here.",
                AT + "/invite",
                List.of(new Form.Choice(
                        "administrator",
                        "As",
                        List.of(
                                new Form.Option("false", "An ordinary user"),
                                new Form.Option("true", "An administrator of this server")),
                        call.visit().field("administrator"),
                        "")),
                "Make link",
                false,
                AT,
                null);
    }

    private static void invite(PageCall call) throws NotShownException {
        ApiRequest request = ApiRequest.of("POST", INVITATIONS)
                .body(Map.of("administrator", call.visit().field("administrator").equals("true")));
        switch (call.call(request)) {
            case ApiResult.Done done -> showLink(call, "Invitation", done);
            case ApiResult.Refused refused ->
                call.show(refused.problem().status(), inviting(call).refused(refused.problem()));
        }
    }

    private static void showLink(PageCall call, String title, ApiResult.Done done) throws NotShownException {
        OneTimeLink link = done.as(OneTimeLink.class);
        call.show(new Sheet(
                call.ofAdministration("users"),
                title,
                "",
                List.of(Sheet.Go.to("All users", AT)),
                List.of(
                        new Sheet.Once(
                                "",
                                "The link",
                                link.link(),
                                "Copy it now: it can't be shown again. It works once, for whoever opens it."),
                        new Sheet.Facts(
                                "", List.of(new Sheet.Fact("Expires", Sheet.Cell.at(link.expiresAt(), "")))))));
    }

    private static Question deletion(PageCall call) throws NotShownException {
        UserAccount user = user(call);
        return Question.of(
                call.ofAdministration("users"),
                "Delete " + user.name() + "?",
                List.of(
                        "This can't be undone. Their sessions and keys end at once; the audit trail keeps their name."
                                + " Deactivating instead keeps the account."),
                self(call) + "/delete",
                "Delete account",
                self(call));
    }

    private static void delete(PageCall call) throws NotShownException {
        switch (call.call(ApiRequest.of("DELETE", USER, call.visit().path("user")))) {
            case ApiResult.Done _ -> call.done(AT, Said.USER_DELETED);
            case ApiResult.Refused refused ->
                call.show(refused.problem().status(), deletion(call).failed(Problems.line(refused.problem())));
        }
    }
}
