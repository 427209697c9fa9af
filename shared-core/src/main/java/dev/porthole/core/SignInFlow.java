package dev.porthole.core;

import dev.porthole.core.Porthole.BrowserOpener;
import dev.porthole.core.Porthole.DevicePrompt;
import dev.porthole.core.Porthole.OwnerCodeSource;
import dev.porthole.core.PortholeException.Kind;
import dev.porthole.core.api.ControlPlaneClient;
import dev.porthole.core.api.Credentials;
import dev.porthole.core.api.Ids;
import dev.porthole.core.api.ProblemException;
import dev.porthole.core.api.ServerAddress;
import dev.porthole.core.api.User;
import dev.porthole.core.auth.Account;
import dev.porthole.core.auth.AuthorizationException;
import dev.porthole.core.auth.AuthorizationService;
import dev.porthole.core.auth.AuthorizationServiceConfiguration;
import dev.porthole.core.auth.Pkce;
import dev.porthole.core.auth.TokenRequest;
import dev.porthole.core.auth.TokenResponse;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

/** Gets tokens from a server, and asks whose they are. Changes nothing on this computer. */
record SignInFlow(ServerAddress server, String userAgent) {
    private static final Duration BROWSER_LIMIT = Duration.ofMinutes(3);
    // Never dialled: the code comes over the admin socket, and the server compares the text.
    private static final URI OWNER_REDIRECT = URI.create("http://127.0.0.1/callback");

    /** A finished sign-in. */
    record Result(Account account, TokenResponse tokens) {}

    private interface Way {
        TokenResponse tokens(AuthorizationService service)
                throws PortholeException, AuthorizationException, IOException, InterruptedException, TimeoutException;
    }

    /** With the system's browser. */
    Result withBrowser(BrowserOpener browser) throws PortholeException {
        return run(false, service -> service.performAuthorizationRequest(browser::open, BROWSER_LIMIT));
    }

    /** With the browser of another device, which gets an address and a code to type. */
    Result withDevice(DevicePrompt person) throws PortholeException {
        return run(false, service -> {
            try {
                return service.performDeviceAuthorization(prompt -> person.show(
                        prompt.userCode(),
                        prompt.verificationUri(),
                        prompt.verificationUriComplete().orElse(null)));
            } catch (TimeoutException late) {
                throw new PortholeException(
                        Kind.FAILED, "Nobody entered the code before it ended. Start again when you are ready.", late);
            }
        });
    }

    /** As the owner of the embedded server. */
    Result asOwner(OwnerCodeSource codes) throws PortholeException {
        return run(true, service -> {
            Pkce pkce = Pkce.create();
            String code = codes.codeFor(pkce.challenge(), OWNER_REDIRECT);
            return service.performTokenRequest(new TokenRequest.AuthorizationCode(code, OWNER_REDIRECT, pkce), null);
        });
    }

    private Result run(boolean embedded, Way way) throws PortholeException {
        try {
            String issuer = ControlPlaneClient.discover(server).issuer();
            AuthorizationServiceConfiguration configuration = AuthorizationServiceConfiguration.fetch(issuer);
            TokenResponse tokens = way.tokens(new AuthorizationService(configuration));
            String accessToken = tokens.accessToken();
            if (accessToken == null) {
                throw new PortholeException(Kind.FAILED, "The server gave no access token.");
            }
            User user = new ControlPlaneClient(server, Credentials.ofKey(accessToken), userAgent).me();
            return new Result(new Account(server.base(), issuer, user, embedded, Ids.next("sgn"), false), tokens);
        } catch (ProblemException problem) {
            throw Failures.of(problem);
        } catch (AuthorizationException refused) {
            throw Failures.of(refused);
        } catch (IOException silent) {
            throw Failures.of(silent, server);
        } catch (InterruptedException stopped) {
            throw Failures.of(stopped);
        } catch (TimeoutException late) {
            throw new PortholeException(
                    Kind.FAILED,
                    "Nobody finished the sign-in in the browser within " + BROWSER_LIMIT.toMinutes()
                            + " minutes. Start again when you are ready.",
                    late);
        }
    }
}
