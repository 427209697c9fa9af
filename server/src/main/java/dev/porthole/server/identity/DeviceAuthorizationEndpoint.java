package dev.porthole.server.identity;

import com.nimbusds.oauth2.sdk.ErrorObject;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.Response;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.device.DeviceAuthorizationErrorResponse;
import com.nimbusds.oauth2.sdk.device.DeviceAuthorizationRequest;
import com.nimbusds.oauth2.sdk.device.DeviceAuthorizationSuccessResponse;
import com.nimbusds.oauth2.sdk.device.DeviceCode;
import com.nimbusds.oauth2.sdk.device.UserCode;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import io.undertow.util.StatusCodes;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** {@code POST /oauth/device} (RFC 8628 section 3.1): a code for the device, and one for a person to type. */
final class DeviceAuthorizationEndpoint {
    static final String PATH = "/oauth/device";

    private static final ErrorObject TOO_MANY = new ErrorObject(
            "temporarily_unavailable",
            "Too many devices of this address wait already. Try again in a minute.",
            StatusCodes.TOO_MANY_REQUESTS);

    private final OAuthClients clients;
    private final DeviceCodes codes;
    private final URI page;

    DeviceAuthorizationEndpoint(OAuthClients clients, DeviceCodes codes, URI page) {
        this.clients = clients;
        this.codes = codes;
        this.page = page;
    }

    Response answer(HTTPRequest http) {
        try {
            DeviceAuthorizationRequest request = DeviceAuthorizationRequest.parse(http);
            RegisteredClient client =
                    ProtocolMessages.client(clients, request.getClientAuthentication(), request.getClientID());
            @Nullable Scope asked = request.getScope();
            Scope scope = asked == null ? new Scope() : client.granted(asked);
            return codes.issue(client.id(), scope.toString(), String.valueOf(http.getClientIPAddress()))
                    .<Response>map(this::issued)
                    .orElseGet(() -> new DeviceAuthorizationErrorResponse(TOO_MANY));
        } catch (ParseException wrong) {
            return new DeviceAuthorizationErrorResponse(ProtocolMessages.error(wrong));
        }
    }

    private Response issued(DeviceCodes.Issued issued) {
        String shown = issued.userCode().shown();
        return new DeviceAuthorizationSuccessResponse(
                new DeviceCode(issued.deviceCode()),
                new UserCode(shown),
                page,
                URI.create(page + "?user_code=" + shown),
                DeviceCodes.LIFETIME.toSeconds(),
                DeviceCodes.INTERVAL_SECONDS,
                null);
    }
}
