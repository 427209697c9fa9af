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
import dev.porthole.server.store.StoreUnavailableException;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import java.io.IOException;
import java.net.URI;
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
                        new TokenErrorResponse(OAuth2Error.INVALID_REQUEST.setDescription(unreadable.getMessage()))
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

    /** What is wrong with a client, if something is: ours is public, so it has an id and nothing to prove it with. */
    static @Nullable ErrorObject stranger(@Nullable ClientAuthentication authentication, @Nullable ClientID id) {
        if (authentication != null) {
            return OAuth2Error.INVALID_CLIENT.setDescription("client authentication: expected none");
        }
        if (id == null) {
            return OAuth2Error.INVALID_REQUEST.setDescription("client_id: missing");
        }
        return NativeClient.ID.equals(id.getValue()) ? null : OAuth2Error.INVALID_CLIENT;
    }

    /** What to tell a client about a request that can't be read. */
    static ErrorObject error(ParseException wrong) {
        ErrorObject error = wrong.getErrorObject();
        return error == null ? OAuth2Error.INVALID_REQUEST.setDescription(wrong.getMessage()) : error;
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
        http.setBody(request.formBody());
        return http;
    }

    private static void send(HttpServerExchange exchange, HTTPResponse answer) {
        exchange.setStatusCode(answer.getStatusCode());
        exchange.getResponseHeaders().put(Headers.CACHE_CONTROL, "no-store").put(Headers.PRAGMA, "no-cache");
        if (answer.getStatusCode() == HTTPResponse.SC_UNAUTHORIZED) {
            // RFC 6749 section 5.2: the scheme that the client tried, or any.
            exchange.getResponseHeaders().put(Headers.WWW_AUTHENTICATE, "Basic realm=\"Porthole\"");
        }
        if (answer.getBody() == null) {
            exchange.endExchange();
            return;
        }
        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "application/json");
        exchange.getResponseSender().send(answer.getBody());
    }
}
