package dev.porthole.core.doctor;

import dev.porthole.core.TunnelState;
import dev.porthole.core.api.Endpoint;
import dev.porthole.core.api.HttpExchange;
import dev.porthole.core.wire.WireHeaders;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;

/**
 * Asks for what is shared as a visitor does: {@code HEAD /} at the public address. Whatever the app answers is fine;
 * what the server answers in its place is not.
 */
final class EndToEndExamination implements Examination {
    private static final Duration LIMIT = Duration.ofSeconds(12);

    @Override
    public Answer look(Chart chart) throws InterruptedException {
        Answer answer = Answer.of(Reason.END_TO_END_NONE);
        for (TunnelState state : chart.patient().carried()) {
            if (state.tunnel().endpoint().scheme() != Endpoint.Scheme.TCP) {
                answer = visit(state.tunnel().url());
                if (answer.reason().verdict() == Verdict.FAIL) {
                    return answer;
                }
            }
        }
        return answer;
    }

    private static Answer visit(String url) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                .method("HEAD", HttpRequest.BodyPublishers.noBody())
                .timeout(LIMIT)
                .build();
        long began = System.nanoTime();
        try {
            HttpResponse<Void> answer = HttpExchange.send(request, BodyHandlers.discarding());
            Optional<String> ours = answer.headers().firstValue(WireHeaders.ERROR);
            return ours.isPresent()
                    ? Answer.of(Reason.END_TO_END_REFUSED, url, answer.statusCode() + " " + ours.get())
                    : Answer.of(
                            Reason.END_TO_END_ANSWERS,
                            url,
                            Duration.ofNanos(System.nanoTime() - began).toMillis());
        } catch (IOException silent) {
            return Answer.of(Reason.END_TO_END_SILENT, url, ServerExamination.messageOf(silent));
        }
    }
}
