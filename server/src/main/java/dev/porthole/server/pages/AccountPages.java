package dev.porthole.server.pages;

import dev.porthole.core.api.Login;
import dev.porthole.core.api.OAuthConsent;
import dev.porthole.core.api.SecondFactorStatus;
import dev.porthole.core.api.SignedInSession;
import dev.porthole.core.api.User;
import dev.porthole.server.console.Form;
import dev.porthole.server.console.Sheet;
import dev.porthole.server.control.ApiRequest;
import dev.porthole.server.control.ApiResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One's own account: where one is signed in, how one signs in, and which apps one has let in. */
final class AccountPages {
    private static final String ME = PageCall.API + "/me";
    private static final String SESSIONS = ME + "/sessions";
    private static final String LOGINS = ME + "/logins";
    private static final String CONSENTS = ME + "/consents";
    private static final String SECOND_FACTOR = ME + "/second-factor";
    private static final String PASSWORD = ME + "/password";
    private static final String AT = "/console/account";

    private AccountPages() {}

    static void mount(Console.Mounting at) {
        at.page(AT, call -> call.show(shown(call)));
        if (at.offers("GET", SESSIONS)) {
            at.form(
                    AT + "/sessions/{id}/end",
                    call -> ended(
                            call,
                            ApiRequest.of(
                                    "DELETE", SESSIONS + "/{id}", call.visit().path("id")),
                            Said.SIGNED_OUT));
        }
        if (at.offers("GET", LOGINS)) {
            at.form(
                    AT + "/logins/{id}/unlink",
                    call -> ended(
                            call,
                            ApiRequest.of(
                                    "DELETE", LOGINS + "/{id}", call.visit().path("id")),
                            Said.UNLINKED));
        }
        if (at.offers("GET", CONSENTS)) {
            at.form(
                    AT + "/consents/{client}/withdraw",
                    call -> ended(
                            call,
                            ApiRequest.of(
                                    "DELETE",
                                    CONSENTS + "/{client}",
                                    call.visit().path("client")),
                            Said.CONSENT_WITHDRAWN));
        }
        if (at.offers("POST", PASSWORD)) {
            at.page(AT + "/password", call -> call.show(changing(call))).form(AT + "/password", AccountPages::change);
        }
    }

    private static Sheet shown(PageCall call) throws NotShownException {
        User user = call.get(User.class, ME);
        List<Sheet.Section> sections = new ArrayList<>();
        sections.add(new Sheet.Facts(
                "",
                List.of(
                        new Sheet.Fact("Name", Sheet.Cell.words(user.name())),
                        new Sheet.Fact("Mail", Sheet.Cell.words(user.email())),
                        new Sheet.Fact(
                                "Administers this server", Sheet.Cell.words(user.administrator() ? "yes" : "no")),
                        new Sheet.Fact("Id", Sheet.Cell.code(user.id())))));
        if (call.offers("GET", SECOND_FACTOR)) {
            secondFactor(call, sections);
        }
        if (call.offers("GET", LOGINS)) {
            sections.add(new Sheet.Table(
                    "Signs in with",
                    List.of("Way", "Called", "Since", "Last used"),
                    call.list(Login.class, LOGINS).items().stream()
                            .map(AccountPages::row)
                            .toList(),
                    null,
                    "sign-ins",
                    "None."));
        }
        if (call.offers("GET", SESSIONS)) {
            sections.add(new Sheet.Table(
                    "Signed in on",
                    List.of("Where", "From", "Since", "Last seen"),
                    call.list(SignedInSession.class, SESSIONS).items().stream()
                            .map(AccountPages::row)
                            .toList(),
                    null,
                    "sessions",
                    "Nowhere."));
        }
        if (call.offers("GET", CONSENTS)) {
            sections.add(new Sheet.Table(
                    "Apps of others",
                    List.of("App", "May", "Since"),
                    call.list(OAuthConsent.class, CONSENTS).items().stream()
                            .map(AccountPages::row)
                            .toList(),
                    null,
                    "apps",
                    "You have let no app of others in."));
        }
        return new Sheet(call.plain("account"), "Account", "", List.of(), sections);
    }

    private static void secondFactor(PageCall call, List<Sheet.Section> sections) throws NotShownException {
        SecondFactorStatus status = call.get(SecondFactorStatus.class, SECOND_FACTOR);
        if (!status.available() && !status.on()) {
            return;
        }
        List<Sheet.Act> acts = new ArrayList<>();
        acts.add(Sheet.Go.to(status.on() ? "Second factor…" : "Set up a second factor…", "/second-factor"));
        if (call.offers("POST", PASSWORD)) {
            acts.add(Sheet.Go.to("Change password…", AT + "/password"));
        }
        sections.add(new Sheet.Actions(
                "Password",
                status.on()
                        ? "A code of your authenticator app is asked for after it. Recovery codes left: "
                                + status.recoveryCodes() + "."
                        : "It is all that is asked for. A second factor makes it worth nothing to whoever steals it.",
                acts));
    }

    private static Sheet.Row row(Login login) {
        return new Sheet.Row(
                List.of(
                        Sheet.Cell.words(login.provider().equals("local") ? "password" : login.provider()),
                        Sheet.Cell.words(login.name()),
                        Sheet.Cell.at(login.since(), ""),
                        Sheet.Cell.at(login.lastUsedAt(), login.primary() ? "" : "never")),
                login.primary()
                        ? List.of()
                        : List.of(new Sheet.Send(
                                "Unlink", login.provider(), AT + "/logins/" + login.id() + "/unlink", List.of())));
    }

    private static Sheet.Row row(SignedInSession session) {
        return new Sheet.Row(
                List.of(
                        Sheet.Cell.words(session.client() + (session.current() ? " (this one)" : "")),
                        Sheet.Cell.words(session.address()),
                        Sheet.Cell.at(session.since(), ""),
                        Sheet.Cell.at(session.lastUsedAt(), "never")),
                session.current()
                        ? List.of()
                        : List.of(new Sheet.Send(
                                "Sign out", session.client(), AT + "/sessions/" + session.id() + "/end", List.of())));
    }

    private static Sheet.Row row(OAuthConsent consent) {
        return new Sheet.Row(
                List.of(
                        Sheet.Cell.words(consent.name()),
                        Sheet.Cell.words(String.join(", ", consent.scopes())),
                        Sheet.Cell.at(consent.grantedAt(), "")),
                List.of(new Sheet.Send(
                        "Withdraw",
                        consent.name(),
                        AT + "/consents/" + PageCall.encoded(consent.client()) + "/withdraw",
                        List.of())));
    }

    private static void ended(PageCall call, ApiRequest request, Said said) throws NotShownException {
        switch (call.call(request)) {
            case ApiResult.Done _ -> call.done(AT, said);
            case ApiResult.Refused refused ->
                call.show(refused.problem().status(), shown(call).failed(Problems.line(refused.problem())));
        }
    }

    private static Form changing(PageCall call) throws NotShownException {
        return new Form(
                call.plain("account"),
                "Change password",
                "Other browsers have to sign in again.",
                AT + "/password",
                List.of(
                        password("current", "Current password", ""),
                        password(
                                "next",
                                "New password",
                                "12 characters or more. A few words that only you put together are best.")),
                "Change password",
                false,
                AT,
                null);
    }

    private static Form.Text password(String name, String label, String note) {
        return new Form.Text(name, label, "password", "", note, true, 256, null);
    }

    private static void change(PageCall call) throws NotShownException {
        ApiRequest request = ApiRequest.of("POST", PASSWORD)
                .body(Map.of(
                        "current",
                        call.visit().secret("current"),
                        "next",
                        call.visit().secret("next")));
        switch (call.call(request)) {
            case ApiResult.Done _ -> call.done(AT, Said.PASSWORD_CHANGED);
            case ApiResult.Refused refused ->
                call.show(refused.problem().status(), changing(call).refused(refused.problem()));
        }
    }
}
