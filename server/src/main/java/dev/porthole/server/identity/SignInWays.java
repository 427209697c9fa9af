package dev.porthole.server.identity;

import dev.porthole.server.config.ProviderSettings;
import dev.porthole.server.store.SecretBox;
import dev.porthole.server.store.Store;
import io.undertow.server.RoutingHandler;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

/** The ways to sign in besides a name and a password, put together: codes, providers, one-time links. */
final class SignInWays {
    /** What they are made of. */
    record Parts(
            Store store,
            SecretBox box,
            PublicAddresses addresses,
            InstantSource clock,
            DerivationKey derivation,
            Accounts accounts,
            Credentials credentials,
            BrowserSessions sessions,
            BrowserCookies cookies) {}

    private final Parts parts;
    private final BrowserPages browser;
    private final SecondFactor secondFactor;
    private final SecondSteps secondSteps;
    private final Providers providers;
    private final ProviderAttempts attempts;
    private final Logins logins;
    private final AccountLinks links;
    private final People people;
    private final OwnAccount ownAccount;

    SignInWays(Parts parts, List<ProviderSettings> settings, BrowserPages browser) {
        this.parts = parts;
        this.browser = browser;
        secondFactor = new SecondFactor(parts.store, parts.box, parts.clock);
        secondSteps = new SecondSteps(parts.store, parts.cookies, parts.clock);
        providers = new Providers(settings, new ProviderHttp(ProviderHttp.PATIENCE), parts.clock);
        attempts = new ProviderAttempts(parts.store, parts.addresses, parts.derivation, parts.clock);
        logins = new Logins(parts.store, parts.clock);
        links = new AccountLinks(parts.store, parts.addresses, parts.clock);
        people = new People(parts.accounts, links, secondFactor, parts.credentials, parts.sessions);
        ownAccount = new OwnAccount(
                parts.store,
                parts.accounts,
                secondFactor,
                logins,
                parts.credentials,
                parts.sessions,
                parts.addresses,
                parts.clock);
    }

    People people() {
        return people;
    }

    OwnAccount ownAccount() {
        return ownAccount;
    }

    /** The pages that all ways begin or end at. */
    SignInPages pages(OAuthClients clients, AuthorizationAnswers answers, Consumer<String> signedIn) {
        return new SignInPages(
                browser,
                parts.cookies,
                parts.accounts,
                clients,
                answers,
                secondFactor,
                secondSteps,
                providers,
                signedIn,
                parts.clock);
    }

    /** Adds the routes; their handlers block. */
    void mount(RoutingHandler routes, SignInPages pages) {
        SecondStepPages step = new SecondStepPages(browser, parts.cookies, secondSteps, ownAccount, pages);
        SecondFactorPages factor = new SecondFactorPages(browser, parts.cookies, ownAccount);
        ProviderPages provider =
                new ProviderPages(browser, parts.cookies, providers, attempts, logins, pages, parts.clock);
        AccountLinkPages link = new AccountLinkPages(
                browser,
                parts.cookies,
                parts.store,
                links,
                parts.accounts,
                people,
                pages,
                new AccountAudit(parts.store, parts.clock));
        routes.get(SecondStepPages.PATH, browser.on(step::show))
                .post(SecondStepPages.PATH, browser.on(step::answer))
                .get(SecondFactorPages.PATH, browser.on(factor::show))
                .post(SecondFactorPages.PATH, browser.on(factor::begin))
                .get(SecondFactorPages.PICTURE, browser.on(factor::picture))
                .post(SecondFactorPages.PATH + "/confirm", browser.on(factor::confirm))
                .post(SecondFactorPages.PATH + "/off", browser.on(factor::remove))
                .get(ProviderPages.WITH + "{provider}", browser.on(provider::leave))
                .get(ProviderPages.BACK + "{provider}", browser.on(provider::comeBack))
                .get(ProviderPages.LINK + "{provider}", browser.on(provider::showLink))
                .post(ProviderPages.LINK + "{provider}", browser.on(provider::link))
                .get(AccountLinks.JOIN + "{secret}", browser.on(link::showJoin))
                .post(AccountLinks.JOIN + "{secret}", browser.on(link::join))
                .get(AccountLinks.NEW_PASSWORD + "{secret}", browser.on(link::showNewPassword))
                .post(AccountLinks.NEW_PASSWORD + "{secret}", browser.on(link::setPassword));
    }

    /** Deletes what is long over. */
    int removeExpired(Handle handle) {
        long now = parts.clock.millis();
        return parts.sessions.removeExpired(handle)
                + attempts.removeExpired(handle)
                + handle.execute("DELETE FROM second_steps WHERE expires_at < ?", now)
                + handle.execute("DELETE FROM account_links WHERE expires_at < ?", now)
                + handle.execute(
                        "DELETE FROM second_factors WHERE confirmed_at IS NULL AND begun_at < ?",
                        now - SecondFactor.SETTING_UP.toMillis());
    }
}
