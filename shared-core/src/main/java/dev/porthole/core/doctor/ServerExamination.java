package dev.porthole.core.doctor;

import dev.porthole.core.api.Discovery;
import dev.porthole.core.api.HttpExchange;
import dev.porthole.core.api.ServerAddress;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/** Whether a Porthole server answers at the address; and what time it has. */
final class ServerExamination implements Examination {
    private static final Duration LIMIT = Duration.ofSeconds(12);

    private final InstantSource clock;

    ServerExamination(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public Answer look(Chart chart) throws InterruptedException {
        ServerAddress server = chart.server();
        HttpRequest request = HttpRequest.newBuilder(server.at("/api"))
                .timeout(LIMIT)
                .header("Accept", "application/json")
                .build();
        long began = System.nanoTime();
        HttpResponse<byte[]> answer;
        try {
            answer = HttpExchange.send(request);
        } catch (IOException silent) {
            return Answer.of(Reason.SERVER_SILENT, server, messageOf(silent));
        }
        long millis = Duration.ofNanos(System.nanoTime() - began).toMillis();
        Long ahead = secondsAhead(answer);
        if (answer.statusCode() != 200) {
            chart.serverSaid(new Chart.ServerSaid(false, ahead));
            return Answer.of(Reason.SERVER_IS_ANOTHER, server, answer.statusCode());
        }
        try {
            Discovery said = HttpExchange.json(answer, Discovery.class);
            chart.serverSaid(new Chart.ServerSaid(true, ahead));
            return Answer.of(Reason.SERVER_ANSWERS, server, said.version(), millis);
        } catch (IOException notOurs) {
            chart.serverSaid(new Chart.ServerSaid(false, ahead));
            return Answer.of(Reason.SERVER_IS_ANOTHER, server, answer.statusCode());
        }
    }

    /** RFC 9110, section 6.6.1; null if there is no date, or none that can be read. */
    private @Nullable Long secondsAhead(HttpResponse<?> answer) {
        String date = answer.headers().firstValue("Date").orElse("");
        try {
            ZonedDateTime theirs = ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME);
            return Duration.between(theirs.toInstant(), clock.instant()).toSeconds();
        } catch (DateTimeParseException none) {
            return null;
        }
    }

    static String messageOf(Exception failed) {
        String said = failed.getMessage();
        return said == null ? failed.getClass().getSimpleName() : said;
    }
}
