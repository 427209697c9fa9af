package dev.porthole.server.control;

import static dev.porthole.server.control.ControlFixture.ADA;
import static dev.porthole.server.control.ControlFixture.problem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.core.api.ApiJson;
import dev.porthole.core.api.ProjectEvent;
import dev.porthole.server.identity.Principal;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventsResourceTest {
    @TempDir
    Path folder;

    ControlFixture server;

    @BeforeEach
    void start() {
        server = new ControlFixture(folder);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private String path() {
        return "/api/v1/projects/" + server.adasProject + "/events";
    }

    private BufferedReader follow(HttpRequest request) throws Exception {
        HttpResponse<InputStream> answer = server.http.send(request, HttpResponse.BodyHandlers.ofInputStream());
        assertThat(answer.headers().firstValue("Content-Type")).contains("text/event-stream");
        return new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8));
    }

    /** The lines up to the next blank one. */
    private static List<String> block(BufferedReader stream) throws IOException {
        List<String> lines = new ArrayList<>();
        for (String line = stream.readLine(); line != null && !line.isEmpty(); line = stream.readLine()) {
            lines.add(line);
        }
        return lines;
    }

    @Test
    void streamBeginsNowAndTellsEachChange() throws Exception {
        server.tunnel("3000");
        try (BufferedReader stream = follow(server.request(path(), ADA).build())) {
            assertThat(block(stream)).containsExactly(": ready");
            String id = server.tunnel("4000");
            List<String> event = block(stream);
            assertThat(event.subList(0, 2)).containsExactly("id: 3", "event: tunnel.created");
            ProjectEvent told = ApiJson.STRICT.readValue(event.get(2).substring("data: ".length()), ProjectEvent.class);
            assertThat(told.resource()).isEqualTo(id);
            assertThat(told.data()).isEqualTo(ControlFixture.read(server.get(server.tunnels() + "/" + id)));
        }
    }

    @Test
    void streamGoesOnBehindWhatWasSeen() throws Exception {
        server.tunnel("3000");
        server.tunnel("4000");
        for (HttpRequest request : List.of(
                server.request(path(), ADA).header("Last-Event-ID", "1").build(),
                server.request(path() + "?after=1", ADA).build())) {
            try (BufferedReader stream = follow(request)) {
                assertThat(block(stream)).containsExactly(": ready");
                assertThat(block(stream).getFirst()).isEqualTo("id: 2");
                assertThat(block(stream).getFirst()).isEqualTo("id: 3");
            }
        }
        assertThat(problem(server.get(path() + "?after=soon")).field()).isEqualTo("after");
    }

    @Test
    void streamEndsWithItsCredential() throws Exception { // T-I8
        try (BufferedReader stream = follow(server.request(path(), ADA).build())) {
            assertThat(block(stream)).containsExactly(": ready");
            server.control.credentialEnded("fam_usr_bob");
            server.tunnel("3000");
            assertThat(block(stream)).contains("event: tunnel.created");
            server.control.credentialEnded("fam_usr_ada");
            assertThat(stream.readLine()).isNull();
        }
    }

    @Test
    void streamOfAPageComesBackNowAndThenSoThatALapsedSessionHearsNoMore() throws Exception { // T-I8
        server.identity.add("adas-browser", new Principal.UserPrincipal("usr_ada", "ses_ada"));
        try (BufferedReader apps = follow(server.request(path(), ADA).build());
                BufferedReader pages =
                        follow(server.request(path(), "adas-browser").build())) {
            assertThat(block(apps)).containsExactly(": ready");
            assertThat(block(pages)).containsExactly(": ready");
            server.scheduler.advance(Duration.ofMinutes(15));
            assertThat(pages.readLine()).isNull();
            server.tunnel("3000");
            assertThat(block(apps)).contains("event: tunnel.created");
        }
    }
}
