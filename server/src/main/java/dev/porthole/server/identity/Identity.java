package dev.porthole.server.identity;

import dev.porthole.server.config.SignInSettings;
import dev.porthole.server.console.Assets;
import dev.porthole.server.store.SecretBox;
import dev.porthole.server.store.Store;
import io.undertow.server.RoutingHandler;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one door to this package: makes its parts, gives those that others need, and mounts its routes.
 *
 * <p>Safe from any thread; everything here may block on the store.
 */
public final class Identity {
    private static final Logger LOG = LoggerFactory.getLogger(Identity.class);

    /** What is spent or over stays this long, so that using it again is still noticed. */
    private static final Duration REMEMBERED = Duration.ofDays(1);

    private final Store store;
    private final InstantSource clock;
    private final Accounts accounts;
    private final ApiKeys apiKeys;
    private final Departures departures;
    private final ConnectTokens connectTokens;
    private final ConnectorCredentials connectorCredentials;
    private final Credentials credentials;
    private final OwnerCodes ownerCodes;
    private final Authenticator authenticator;
    private final SetupCode setupCode = new SetupCode();
    private final BrowserPages browser;
    private final SignInPages signInPages;
    private final ConsolePages consolePages;
    private final OAuthClients clients;
    private final Consents consents;
    private final ConsentPages consentPages;
    private final AuthorizationServer authorizationServer;
    private final SignInWays ways;
    private final BrowserVisits visits;

    /** With local accounts only, and sessions of the usual length. */
    public Identity(
            Store store,
            SecretBox box,
            PublicAddresses addresses,
            InstantSource clock,
            Consumer<String> signedIn,
            CredentialsEnded ended) {
        this(store, box, addresses, SignInSettings.DEFAULT, clock, signedIn, ended);
    }

    /**
     * Makes what is missing in the store: signing keys on first start.
     *
     * @param signedIn told the user's id after each sign-in, before its answer is sent
     * @param ended told when a credential has ended
     */
    public Identity(
            Store store,
            SecretBox box,
            PublicAddresses addresses,
            SignInSettings signIn,
            InstantSource clock,
            Consumer<String> signedIn,
            CredentialsEnded ended) {
        this.store = store;
        this.clock = clock;
        DerivationKey derivation = DerivationKey.in(store, box);
        SigningKeys signingKeys = new SigningKeys(store, box, clock);
        credentials = new Credentials(store, clock, ended);
        accounts = new Accounts(store, clock);
        apiKeys = new ApiKeys(
                store,
                credentials,
                new KeyUse(
                        store, clock, task -> Thread.ofVirtual().name("key-use").start(task)),
                clock);
        departures = new Departures(store, credentials);
        connectTokens = new ConnectTokens(store, clock);
        connectorCredentials = new ConnectorCredentials(store, credentials, clock);
        AccessTokens accessTokens = new AccessTokens(addresses, signingKeys, clock);
        RefreshTokens refreshTokens = new RefreshTokens(store, credentials, derivation, clock);
        AuthorizationCodes codes = new AuthorizationCodes(store, credentials, refreshTokens, clock);
        Consumer<String> entered = user -> {
            accounts.noteSignIn(user);
            signedIn.accept(user);
        };
        ownerCodes = new OwnerCodes(accounts, codes, entered, clock);
        authenticator = new BearerAuthenticator(accessTokens, credentials, apiKeys, connectorCredentials);
        browser = new BrowserPages(addresses);
        BrowserSessions sessions =
                new BrowserSessions(store, clock, signIn.sessionIdle(), signIn.sessionLifetime(), ended);
        BrowserCookies cookies = new BrowserCookies(addresses, sessions, derivation);
        ways = new SignInWays(
                new SignInWays.Parts(
                        store, box, addresses, clock, derivation, accounts, credentials, sessions, cookies),
                signIn.providers(),
                browser);
        clients = new OAuthClients(store, credentials, clock);
        AccountAudit audit = new AccountAudit(store, clock);
        consents = new Consents(store, credentials, audit, clock);
        IdTokens idTokens = new IdTokens(addresses, signingKeys, clock);
        AuthorizationAnswers answers = new AuthorizationAnswers(browser, codes, consents, idTokens);
        signInPages = ways.pages(clients, answers, entered);
        consolePages = new ConsolePages(
                browser, cookies, accounts, setupCode, signInPages, new SignInThrottle(clock), clients);
        consentPages = new ConsentPages(browser, cookies, signInPages, answers, clock);
        authorizationServer = new AuthorizationServer(new AuthorizationServer.Parts(
                store,
                addresses,
                signingKeys,
                credentials,
                accounts,
                clients,
                consents,
                accessTokens,
                idTokens,
                refreshTokens,
                codes,
                new DeviceCodes(store, credentials, refreshTokens, derivation, clock),
                browser,
                cookies,
                new SignInThrottle(clock),
                audit));
        visits = new BrowserVisits(browser, cookies, signInPages);
    }

    public Accounts accounts() {
        return accounts;
    }

    public ApiKeys apiKeys() {
        return apiKeys;
    }

    public Departures departures() {
        return departures;
    }

    public ConnectTokens connectTokens() {
        return connectTokens;
    }

    public ConnectorCredentials connectorCredentials() {
        return connectorCredentials;
    }

    public OwnerCodes ownerCodes() {
        return ownerCodes;
    }

    public Authenticator authenticator() {
        return authenticator;
    }

    public OAuthClients clients() {
        return clients;
    }

    public Consents consents() {
        return consents;
    }

    /** What administrators do about people. */
    public People people() {
        return ways.people();
    }

    /** What people do with their own accounts. */
    public OwnAccount ownAccount() {
        return ways.ownAccount();
    }

    /** The door for signed-in pages of other packages. */
    public BrowserVisits visits() {
        return visits;
    }

    /**
     * Ends a credential, with the connect tokens that it gave; its sessions end through {@link CredentialsEnded}.
     *
     * @return whether it lived until now
     */
    public boolean end(String credential, String because) {
        return credentials.end(credential, because);
    }

    /**
     * The code that {@code /setup} asks for, as it is to be printed to the server's log once it listens; empty if there
     * is an account already.
     */
    public Optional<String> setupCode() {
        return accounts.any() ? Optional.empty() : Optional.of(setupCode.shown());
    }

    /** Adds the routes. Their handlers block: the caller has left the I/O thread. */
    public void mount(RoutingHandler routes) {
        authorizationServer.mount(routes);
        routes.get("/oauth/authorize", browser.on(signInPages::authorize))
                .post("/oauth/authorize", browser.on(signInPages::authorizeByPost))
                .get("/sign-in", browser.on(signInPages::show))
                .post("/sign-in", browser.on(signInPages::signIn))
                .post("/sign-in/continue", browser.on(signInPages::continueAs))
                .post("/sign-out", browser.on(consolePages::signOut))
                .get("/setup", browser.on(consolePages::showSetup))
                .post("/setup", browser.on(consolePages::setUp))
                .get("/assets/{name}", new Assets())
                .get(ConsentPages.PATH, browser.on(consentPages::show))
                .post(ConsentPages.PATH, browser.on(consentPages::decide));
        ways.mount(routes, signInPages);
    }

    /** Deletes what is long over. To be called now and then, such as once an hour. */
    public void removeExpired() {
        long now = clock.millis();
        long longAgo = now - REMEMBERED.toMillis();
        int removed =
                store.write(handle -> handle.execute("DELETE FROM authorization_codes WHERE expires_at < ?", longAgo)
                        + handle.execute("DELETE FROM refresh_tokens WHERE expires_at < ?", longAgo)
                        + AuthorizationServer.removeExpired(handle, longAgo)
                        + handle.execute("DELETE FROM connect_tokens WHERE expires_at < ?", now)
                        + ways.removeExpired(handle));
        LOG.debug("{} expired codes, tokens and sessions removed", removed);
    }
}
