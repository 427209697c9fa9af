package dev.porthole.server.identity;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.Response;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.id.Subject;
import com.nimbusds.oauth2.sdk.token.BearerAccessToken;
import com.nimbusds.oauth2.sdk.token.BearerTokenError;
import com.nimbusds.openid.connect.sdk.UserInfoErrorResponse;
import com.nimbusds.openid.connect.sdk.UserInfoSuccessResponse;
import com.nimbusds.openid.connect.sdk.claims.UserInfo;
import dev.porthole.core.api.User;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code /oauth/userinfo} (OpenID Connect Core section 5.3): who the bearer's user is, as far as the scopes let it. */
final class UserInfoEndpoint {
    static final String PATH = "/oauth/userinfo";

    private final AccessTokens accessTokens;
    private final Credentials credentials;
    private final Accounts accounts;

    UserInfoEndpoint(AccessTokens accessTokens, Credentials credentials, Accounts accounts) {
        this.accessTokens = accessTokens;
        this.credentials = credentials;
        this.accounts = accounts;
    }

    void handle(HttpServerExchange exchange) {
        HeaderValues fields = exchange.getRequestHeaders().get(Headers.AUTHORIZATION);
        ProtocolMessages.send(exchange, answer(fields == null || fields.size() != 1 ? null : fields.getFirst()));
    }

    private HTTPResponse answer(@Nullable String authorization) {
        try {
            BearerAccessToken token = BearerAccessToken.parse(authorization);
            Optional<AccessTokens.Claims> claims =
                    accessTokens.inspect(token.getValue()).filter(good -> credentials.lives(good.family()));
            if (claims.isEmpty()) {
                return refused(BearerTokenError.INVALID_TOKEN);
            }
            Scope scope = Scope.parse(claims.get().scope());
            if (!scope.contains("openid")) {
                return refused(BearerTokenError.INSUFFICIENT_SCOPE.setScope(new Scope("openid")));
            }
            return accounts.user(claims.get().userId())
                    .map(user -> about(user, scope))
                    .orElseGet(() -> refused(BearerTokenError.INVALID_TOKEN));
        } catch (ParseException none) {
            return refused(BearerTokenError.MISSING_TOKEN);
        }
    }

    private static HTTPResponse about(User user, Scope scope) {
        UserInfo info = new UserInfo(new Subject(user.id()));
        JWTClaimsSet personal = IdTokens.personal(user, scope);
        personal.getClaims().forEach(info::setClaim);
        Response answer = new UserInfoSuccessResponse(info);
        return answer.toHTTPResponse();
    }

    private static HTTPResponse refused(BearerTokenError error) {
        return new UserInfoErrorResponse(error).toHTTPResponse();
    }
}
