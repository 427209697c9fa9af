package dev.porthole.server.identity;

import com.nimbusds.oauth2.sdk.ErrorObject;
import com.nimbusds.oauth2.sdk.OAuth2Error;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.Response;
import com.nimbusds.oauth2.sdk.TokenErrorResponse;
import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.util.URLUtils;
import dev.porthole.server.store.StoreUnavailableException;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.StatusCodes;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries requests and answers between Undertow and the protocol library. */
final class ProtocolMessages {
    private static final Logger LOG = LoggerFactory.getLogger(ProtocolMessages.class);

    /** RFC 6749 has this word for the authorization endpoint (section 4.1.2.1); 503 says it to all others. */
    private static final ErrorObject UNAVAILABLE =
            new ErrorObject("temporarily_unavailable", "the server's database does not answer", 503);

    private ProtocolMessages() {}

    /** A handler of form posts. */
    static HttpHandler handler(URI address, Function<HTTPRequest, Response> endpoint) {
        return exchange -> {
            try {
                send(
                        exchange,
                        endpoint.apply(read(new WebRequest(exchange), address)).toHTTPResponse());
            } catch (WebRequest.UnreadableFormException | ParseException unreadable) {
                send(
                        exchange,
                        new TokenErrorResponse(described(OAuth2Error.INVALID_REQUEST, unreadable.getMessage()))
                                .toHTTPResponse());
            } catch (StoreUnavailableException away) {
                LOG.warn("{}: {}", address.getPath(), away.getMessage());
                exchange.getResponseHeaders().put(Headers.RETRY_AFTER, 5);
                send(exchange, new TokenErrorResponse(UNAVAILABLE).toHTTPResponse());
            } catch (RuntimeException bug) {
                LOG.error("{} failed", address.getPath(), bug);
                send(exchange, new TokenErrorResponse(OAuth2Error.SERVER_ERROR).toHTTPResponse());
            }
        };
    }

    /**
     * The client that asks: a public one, so it has an id and nothing to prove it with.
     *
     * @throws ParseException with what to tell it, if it is none of ours
     */
    static RegisteredClient client(
            OAuthClients clients, @Nullable ClientAuthentication authentication, @Nullable ClientID id)
            throws ParseException {
        if (authentication != null) {
            throw refused(OAuth2Error.INVALID_CLIENT, "client authentication: expected none");
        }
        if (id == null) {
            throw refused(OAuth2Error.INVALID_REQUEST, "client_id: missing");
        }
        return clients.find(id.getValue())
                .orElseThrow(() -> refused(OAuth2Error.INVALID_CLIENT, "client_id: not one that this server knows"));
    }

    static ParseException refused(ErrorObject error, String description) {
        return new ParseException(description, error.setDescription(description));
    }

    /** An error with a description that may hold what a stranger sent: only what RFC 6749 section 5.2 allows there. */
    static ErrorObject described(ErrorObject error, @Nullable String description) {
        return error.setDescription(ErrorObject.removeIllegalChars(description));
    }

    /** What to tell a client about a request that can't be read. */
    static ErrorObject error(ParseException wrong) {
        ErrorObject error = wrong.getErrorObject();
        return error == null ? described(OAuth2Error.INVALID_REQUEST, wrong.getMessage()) : error;
    }

    /** An answer without a body. */
    static Response empty(int status) {
        return new Response() {
            @Override
            public boolean indicatesSuccess() {
                return status < 400;
            }

            @Override
            public HTTPResponse toHTTPResponse() {
                return new HTTPResponse(status);
            }
        };
    }

    private static HTTPRequest read(WebRequest request, URI address)
            throws WebRequest.UnreadableFormException, ParseException, IOException {
        HTTPRequest http = new HTTPRequest(HTTPRequest.Method.POST, address);
        http.setContentType("application/x-www-form-urlencoded");
        String authorization = request.header(Headers.AUTHORIZATION);
        if (authorization != null) {
            http.setAuthorization(authorization);
        }
        http.setClientIPAddress(request.address());
        String body = request.formBody();
        refuseRepeated(body);
        http.setBody(body);
        return http;
    }

    /** RFC 6749 section 3.2: a parameter that comes twice would be read in two ways. */
    private static void refuseRepeated(String body) throws ParseException {
        for (Map.Entry<String, List<String>> field :
                URLUtils.parseParameters(body).entrySet()) {
            // RFC 8707 section 2: the one that may. Nothing here reads it.
            if (field.getValue().size() > 1 && !field.getKey().equals("resource")) {
                throw new ParseException(field.getKey() + ": more than once");
            }
        }
    }

    static void send(HttpServerExchange exchange, HTTPResponse answer) {
        exchange.setStatusCode(answer.getStatusCode());
        exchange.getResponseHeaders().put(Headers.CACHE_CONTROL, "no-store").put(Headers.PRAGMA, "no-cache");
        String challenge = answer.getWWWAuthenticate();
        if (challenge != null) {
            exchange.getResponseHeaders().put(Headers.WWW_AUTHENTICATE, challenge);
        } else if (answer.getStatusCode() == HTTPResponse.SC_UNAUTHORIZED) {
            // RFC 6749 section 5.2: the scheme that the client tried, or any.
            exchange.getResponseHeaders().put(Headers.WWW_AUTHENTICATE, "Basic realm=\"Porthole\"");
        } else if (answer.getStatusCode() == StatusCodes.TOO_MANY_REQUESTS) {
            exchange.getResponseHeaders().put(Headers.RETRY_AFTER, "60");
        }
        if (answer.getBody() == null) {
            exchange.endExchange();
            return;
        }
        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "application/json");
        exchange.getResponseSender().send(answer.getBody());
    }
}
