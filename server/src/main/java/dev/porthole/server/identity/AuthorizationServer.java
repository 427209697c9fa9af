package dev.porthole.server.identity;

import dev.porthole.server.store.Store;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.RoutingHandler;
import io.undertow.util.Headers;
import io.undertow.util.Methods;
import io.undertow.util.StatusCodes;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** The endpoints that programs speak OAuth and OpenID Connect with, and the pages that go with them. */
final class AuthorizationServer {
    private static final String TOKEN = "/oauth/token";
    private static final String REVOKE = "/oauth/revoke";
    private static final String JWKS = "/oauth/jwks";
    private static final Set<String> FORMS =
            Set.of(TOKEN, REVOKE, DeviceAuthorizationEndpoint.PATH, IntrospectionEndpoint.PATH);
    private static final Set<String> DOCUMENTS =
            Set.of("/.well-known/openid-configuration", "/.well-known/oauth-authorization-server", JWKS);

    /**
     * What it is made of.
     *
     * @param throttle of codes that people type
     */
    record Parts(
            Store store,
            PublicAddresses addresses,
            SigningKeys signingKeys,
            Credentials credentials,
            Accounts accounts,
            OAuthClients clients,
            Consents consents,
            AccessTokens accessTokens,
            IdTokens idTokens,
            RefreshTokens refreshTokens,
            AuthorizationCodes codes,
            DeviceCodes deviceCodes,
            BrowserPages browser,
            BrowserCookies cookies,
            SignInThrottle throttle,
            AccountAudit audit) {}

    private final PublicAddresses addresses;
    private final SigningKeys signingKeys;
    private final BrowserPages browser;
    private final TokenEndpoint token;
    private final RevocationEndpoint revocation;
    private final IntrospectionEndpoint introspection;
    private final DeviceAuthorizationEndpoint device;
    private final UserInfoEndpoint userInfo;
    private final DevicePages devicePages;
    private final EndSessionPages endSession;

    AuthorizationServer(Parts parts) {
        addresses = parts.addresses;
        signingKeys = parts.signingKeys;
        browser = parts.browser;
        token = new TokenEndpoint(
                parts.clients,
                parts.codes,
                parts.deviceCodes,
                parts.refreshTokens,
                parts.accessTokens,
                parts.idTokens,
                parts.accounts);
        revocation = new RevocationEndpoint(parts.clients, parts.refreshTokens, parts.accessTokens, parts.credentials);
        introspection = new IntrospectionEndpoint(
                parts.clients, parts.accessTokens, parts.credentials, parts.accounts, addresses);
        device = new DeviceAuthorizationEndpoint(parts.clients, parts.deviceCodes, addresses.page(DevicePages.PATH));
        userInfo = new UserInfoEndpoint(parts.accessTokens, parts.credentials, parts.accounts);
        devicePages = new DevicePages(
                browser,
                parts.cookies,
                parts.accounts,
                parts.clients,
                parts.consents,
                parts.deviceCodes,
                parts.throttle,
                parts.audit,
                parts.store);
        endSession = new EndSessionPages(browser, parts.cookies, parts.clients, parts.idTokens, parts.credentials);
    }

    /** Adds the routes. Their handlers block: the caller has left the I/O thread. */
    void mount(RoutingHandler routes) {
        String metadata = ServerMetadata.json(addresses);
        document(routes, "/.well-known/openid-configuration", exchange -> send(exchange, metadata));
        document(routes, "/.well-known/oauth-authorization-server", exchange -> send(exchange, metadata));
        document(
                routes,
                JWKS,
                exchange -> send(exchange, signingKeys.publishedSet().toString(true)));
        routes.post(TOKEN, ProtocolMessages.handler(addresses.endpoint(TOKEN), token::answer))
                .post(REVOKE, ProtocolMessages.handler(addresses.endpoint(REVOKE), revocation::answer))
                .post(
                        IntrospectionEndpoint.PATH,
                        ProtocolMessages.handler(addresses.endpoint(IntrospectionEndpoint.PATH), introspection::answer))
                .post(
                        DeviceAuthorizationEndpoint.PATH,
                        ProtocolMessages.handler(addresses.endpoint(DeviceAuthorizationEndpoint.PATH), device::answer))
                .get(UserInfoEndpoint.PATH, userInfo::handle)
                .post(UserInfoEndpoint.PATH, userInfo::handle)
                .get(DevicePages.PATH, browser.on(devicePages::show))
                .post(DevicePages.PATH, browser.on(devicePages::enter))
                .post(DevicePages.PATH + "/decide", browser.on(devicePages::decide))
                .get(EndSessionPages.PATH, browser.on(endSession::show))
                .post(EndSessionPages.PATH, browser.on(endSession::post))
                .post(EndSessionPages.PATH + "/confirm", browser.on(endSession::confirm))
                .setInvalidMethodHandler(AuthorizationServer::refuseMethod);
    }

    /** Deletes device codes that ended before a time in milliseconds; gives their number. */
    static int removeExpired(Handle handle, long before) {
        return handle.execute("DELETE FROM device_codes WHERE expires_at < ?", before);
    }

    private static void document(RoutingHandler routes, String path, HttpHandler handler) {
        routes.get(path, handler).add(Methods.HEAD, path, handler);
    }

    private static void send(HttpServerExchange exchange, String document) {
        exchange.getResponseHeaders()
                .put(Headers.CONTENT_TYPE, "application/json")
                .put(Headers.CACHE_CONTROL, "public, max-age=300");
        exchange.getResponseSender().send(document);
    }

    /** RFC 9110 section 15.5.6: the answer names what would be allowed. */
    private static void refuseMethod(HttpServerExchange exchange) {
        String path = exchange.getRequestPath();
        String allowed = FORMS.contains(path) ? "POST" : DOCUMENTS.contains(path) ? "GET, HEAD" : "GET, POST";
        exchange.getResponseHeaders().put(Headers.ALLOW, allowed).put(Headers.CACHE_CONTROL, "no-store");
        exchange.setStatusCode(StatusCodes.METHOD_NOT_ALLOWED).endExchange();
    }
}
