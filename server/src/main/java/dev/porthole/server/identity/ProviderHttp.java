package dev.porthole.server.identity;

import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * What this server asks of providers: ten seconds and 256 KiB at most for an answer, https or this computer only, and
 * no redirect is followed. Safe from any thread; blocking.
 */
final class ProviderHttp {
    static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int LONGEST = 256 * 1024;

    private final Duration patience;
    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(5))
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    ProviderHttp(Duration patience) {
        this.patience = patience;
    }

    /** The body of what is at an address, as JSON text. */
    String get(URI address, Map<String, String> headers) throws ProviderException {
        HttpRequest.Builder request = HttpRequest.newBuilder(checked(address)).header("Accept", "application/json");
        headers.forEach(request::setHeader);
        HttpResponse<String> response = send(request.build());
        if (response.statusCode() != 200) {
            throw new ProviderException(shown(address) + " answered " + response.statusCode() + " (expected: 200)");
        }
        return response.body();
    }

    /** Sends a message of the protocol. */
    HTTPResponse send(HTTPRequest message) throws ProviderException {
        HttpRequest.Builder request = HttpRequest.newBuilder(checked(message.getURI()));
        Map<String, List<String>> headers = message.getHeaderMap();
        headers.forEach((name, values) -> values.forEach(value -> request.header(name, value)));
        request.setHeader("Accept", "application/json");
        String body = message.getBody() == null ? "" : message.getBody();
        request.method(
                message.getMethod().name(),
                body.isEmpty() ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        HttpResponse<String> response = send(request.build());
        HTTPResponse answer = new HTTPResponse(response.statusCode());
        try {
            answer.setContentType(response.headers().firstValue("Content-Type").orElse("application/json"));
        } catch (ParseException odd) {
            throw new ProviderException(shown(message.getURI()) + ": its answer's Content-Type can't be read", odd);
        }
        answer.setBody(response.body());
        return answer;
    }

    private HttpResponse<String> send(HttpRequest request) throws ProviderException {
        CompletableFuture<HttpResponse<String>> running = http.sendAsync(
                request, HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofString(), LONGEST));
        try {
            return running.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException slow) {
            running.cancel(true);
            throw new ProviderException(
                    shown(request.uri()) + " did not answer in " + patience.toSeconds() + " s", slow);
        } catch (ExecutionException failed) {
            Throwable cause = failed.getCause() instanceof IOException io ? io : failed;
            throw new ProviderException(
                    shown(request.uri()) + " can't be reached, or its answer can't be read: " + cause.getMessage(),
                    cause);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new ProviderException("the server is stopping", stopping);
        }
    }

    /** What a discovery document names is not believed to be safe. */
    static URI checked(URI address) throws ProviderException {
        String host = address.getHost();
        boolean here = host != null && (host.equals("localhost") || host.equals("127.0.0.1") || host.equals("[::1]"));
        if (host == null || !("https".equals(address.getScheme()) || ("http".equals(address.getScheme()) && here))) {
            throw new ProviderException(address + " (expected: an https address)");
        }
        return address;
    }

    /** Without a query, which may hold something private. */
    private static String shown(URI address) {
        return address.getScheme() + "://" + address.getRawAuthority() + address.getRawPath();
    }
}
