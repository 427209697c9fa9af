package dev.porthole.server.identity;

import dev.porthole.server.console.Page;
import dev.porthole.server.console.Pages;
import dev.porthole.server.store.Store;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where one-time links lead: to a new account, or to a new password. Looking changes nothing, so that a mail program
 * may look first; the form that comes back spends the link.
 */
final class AccountLinkPages {
    private final BrowserPages browser;
    private final BrowserCookies cookies;
    private final Store store;
    private final AccountLinks links;
    private final Accounts accounts;
    private final People people;
    private final SignInPages signInPages;
    private final AccountAudit audit;

    AccountLinkPages(
            BrowserPages browser,
            BrowserCookies cookies,
            Store store,
            AccountLinks links,
            Accounts accounts,
            People people,
            SignInPages signInPages,
            AccountAudit audit) {
        this.browser = browser;
        this.cookies = cookies;
        this.store = store;
        this.links = links;
        this.accounts = accounts;
        this.people = people;
        this.signInPages = signInPages;
        this.audit = audit;
    }

    /** {@code GET /join/{secret}}. */
    void showJoin(WebRequest request) {
        if (links.invitation(request.path("secret")).isEmpty()) {
            gone(request);
        } else {
            showJoin(request, 200, "", null, null);
        }
    }

    /** {@code POST /join/{secret}}: name and password of the account to make. */
    void join(WebRequest request) throws WebRequest.UnreadableFormException, IOException {
        Map<String, List<String>> form = request.form();
        if (!cookies.isOurForm(request, WebRequest.field(form, "form_token"))) {
            browser.staleForm(request);
            return;
        }
        String secret = request.path("secret");
        if (links.invitation(secret).isEmpty()) {
            gone(request);
            return;
        }
        String user = WebRequest.field(form, "user");
        try {
            String name = Accounts.checkedName(user);
            String password = WebRequest.field(form, "password");
            PasswordRules.check(password, name);
            Joined joined = join(secret, name, PasswordHash.of(password), request.address());
            switch (joined) {
                case Joined.Made made -> signInPages.enter(request, Destination.FRONT, made.userId);
                case Joined.NameTaken() ->
                    showJoin(request, 422, user, "user: taken (expected: a name that nobody has here)", "user");
                case Joined.Gone() -> gone(request);
            }
        } catch (UnacceptableAccountException refused) {
            showJoin(request, 422, user, refused.getMessage(), refused.field());
        }
    }

    private sealed interface Joined {
        record Made(String userId) implements Joined {}

        record NameTaken() implements Joined {}

        record Gone() implements Joined {}
    }

    /** One transaction: of two that use the link at once, one finds it gone. */
    private Joined join(String secret, String name, String hash, String address) {
        return store.write(handle -> {
            Optional<AccountLinks.Invitation> invitation = links.invitation(handle, secret);
            if (invitation.isEmpty()) {
                return new Joined.Gone();
            }
            Optional<String> made =
                    accounts.create(handle, name, hash, invitation.get().administrator());
            if (made.isEmpty()) {
                return new Joined.NameTaken();
            }
            links.spend(handle, secret);
            audit.record(handle, made.get(), address, "user.joined", made.get());
            return new Joined.Made(made.get());
        });
    }

    /** {@code GET /new-password/{secret}}. */
    void showNewPassword(WebRequest request) {
        if (links.userOf(request.path("secret")).isEmpty()) {
            gone(request);
        } else {
            showNewPassword(request, 200, null);
        }
    }

    /** {@code POST /new-password/{secret}}: the new password. It ends all that the old one gave. */
    void setPassword(WebRequest request) throws WebRequest.UnreadableFormException, IOException {
        Map<String, List<String>> form = request.form();
        if (!cookies.isOurForm(request, WebRequest.field(form, "form_token"))) {
            browser.staleForm(request);
            return;
        }
        String secret = request.path("secret");
        Optional<String> user = links.userOf(secret);
        if (user.isEmpty()) {
            gone(request);
            return;
        }
        String name = accounts.user(user.get()).orElseThrow().name();
        String hash;
        try {
            PasswordRules.check(WebRequest.field(form, "password"), name);
            hash = PasswordHash.of(WebRequest.field(form, "password"));
        } catch (UnacceptableAccountException refused) {
            showNewPassword(request, 422, refused.getMessage());
            return;
        }
        boolean done = store.write(handle -> {
            Optional<String> still = links.userOf(handle, secret);
            still.ifPresent(id -> {
                accounts.setPassword(handle, id, hash);
                links.spend(handle, secret);
                people.endEverything(handle, id, "its person has chosen a new password");
                audit.record(handle, id, request.address(), "user.password-reset", id);
            });
            return still.isPresent();
        });
        if (done) {
            browser.go(request, "/sign-in");
        } else {
            gone(request);
        }
    }

    private void gone(WebRequest request) {
        Pages.send(
                request.exchange(),
                404,
                new Page.Problem(
                        "This link does not work",
                        "It was used, is too old, or was never one of this server's.",
                        "Ask whoever gave it to you for another."));
    }

    private void showJoin(
            WebRequest request, int status, String user, @Nullable String problem, @Nullable String field) {
        Pages.send(
                request.exchange(),
                status,
                new Page.Join(
                        AccountLinks.JOIN + request.path("secret"), cookies.formToken(request), user, problem, field));
    }

    private void showNewPassword(WebRequest request, int status, @Nullable String problem) {
        Pages.send(
                request.exchange(),
                status,
                new Page.NewPassword(
                        AccountLinks.NEW_PASSWORD + request.path("secret"), cookies.formToken(request), problem));
    }
}
