package dev.porthole.server.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.server.PublicPort;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Projects, their keys, members and settings. */
class ProjectPagesTest {
    private ConsoleServer server;
    private Tab tab;

    @BeforeEach
    void start(@TempDir Path data) throws IOException {
        server = new ConsoleServer(data);
        tab = server.tab();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /** The secret that the shown page shows once. */
    private String secret() {
        return tab.shown().body().replaceAll("(?s).*<div class=\"secret\"><code[^>]*>([^<]+)</code>.*", "$1");
    }

    private int status(String key) throws IOException {
        return server.port.api("GET", "/projects", key, null).status();
    }

    @Test // T-C3
    void projectIsMadeOnceHoweverOftenItsFormIsSent() {
        tab.get("/console/projects/new");
        PublicPort.Answer form = tab.shown();
        PublicPort.Answer made = tab.submit("/projects/new", Map.of("name", "Docs"));
        assertThat(made.status()).isEqualTo(303);
        tab.show(form);
        assertThat(Tab.location(tab.submit("/projects/new", Map.of("name", "Docs"))))
                .isEqualTo(Tab.location(made));
        assertThat(tab.get("/console/projects").body()).containsOnlyOnce("<a href=\"" + project(made) + "\">Docs</a>");
    }

    private static String project(PublicPort.Answer made) {
        return Tab.location(made).replaceAll("\\?.*", "");
    }

    @Test
    void projectIsRenamed() {
        tab.get(server.at("/settings"));
        assertThat(tab.submitAndFollow("/settings", Map.of("name", "Web shop")).body())
                .contains("The project is renamed.", "value=\"Web shop\"");
        tab.get(server.at("/settings"));
        PublicPort.Answer refused = tab.submit("/settings", Map.of("name", " "));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.body()).contains("role=\"alert\"");
    }

    @Test // B-D13
    void deletingAProjectNamesFirstWhatGoesWithIt() throws IOException {
        server.tunnel("{\"endpoint\":\"3000\"}");
        tab.get(server.at("/settings/delete"));
        assertThat(tab.shown().body()).contains("1 tunnel<", "1 key<");
        assertThat(tab.get(server.at("/tunnels")).status()).isEqualTo(200);
        tab.get(server.at("/settings/delete"));
        assertThat(tab.submitAndFollow("/delete", Map.of()).body()).contains("The project is deleted.");
        assertThat(tab.get(server.at("/tunnels")).status()).isEqualTo(404);
    }

    @Test // B-D1, B-D13, T-C6
    void keyIsShownOnceRotatedAndRevoked() throws IOException {
        tab.get(server.at("/keys/new"));
        assertThat(tab.submit("/keys/new", Map.of("name", "CI")).status()).isEqualTo(200);
        String first = secret();
        assertThat(status(first)).isEqualTo(200);
        assertThat(tab.get(server.at("/keys")).body()).contains("CI").doesNotContain(first);
        assertThat(tab.get("/").body()).contains("CI ·").doesNotContain(first);

        String rotate = tab.get(server.at("/keys")).body().replaceAll("(?s).*href=\"([^\"]*/rotate)\".*", "$1");
        tab.get(rotate);
        assertThat(tab.shown().body()).contains("ends immediately");
        assertThat(status(first)).as("a question changes nothing").isEqualTo(200);
        tab.submit("/rotate", Map.of());
        String second = secret();
        assertThat(status(first)).isEqualTo(401);
        assertThat(status(second)).isEqualTo(200);

        tab.get(tab.get(server.at("/keys")).body().replaceAll("(?s).*href=\"([^\"]*/revoke)\".*", "$1"));
        assertThat(tab.submitAndFollow("/revoke", Map.of()).body()).contains("The key is revoked.");
    }

    @Test
    void refusedKeyKeepsWhatWasTyped() {
        tab.get(server.at("/keys/new"));
        PublicPort.Answer refused = tab.submit("/keys/new", Map.of("name", "CI", "expiresAt", "2001-02-03"));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.body()).contains("value=\"CI\"", "value=\"2001-02-03\"", "id=\"expiresAt-problem\"");
    }

    @Test
    void invitationsLinkIsShownOnceAndCanBeWithdrawn() {
        tab.get(server.at("/members/invite"));
        PublicPort.Answer made = tab.submit("/members/invite", Map.of("email", "bob@example.com", "role", "member"));
        assertThat(made.body()).contains("/invitations/").contains("Copy it now");
        String link = secret();
        tab.get(server.at("/members"));
        assertThat(tab.shown().body()).contains("bob@example.com", "ada").doesNotContain(link);
        assertThat(tab.submitAndFollow("/delete", Map.of()).body())
                .contains("The invitation is withdrawn.", "Nobody is invited.");
    }

    @Test
    void lastOwnerStaysAndThePageSaysWhy() {
        String remove = tab.get(server.at("/members")).body().replaceAll("(?s).*href=\"([^\"]*/remove)\".*", "$1");
        tab.get(remove);
        PublicPort.Answer refused = tab.submit("/remove", Map.of());
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.body()).contains("role=\"alert\"", "Cancel");
    }

    @Test // B-D2
    void tunnelMovesWithItsAddress() throws IOException {
        String id = server.tunnel("{\"endpoint\":\"3000\",\"name\":\"web-shop\"}");
        tab.get("/console/projects/new");
        String target =
                project(tab.submit("/projects/new", Map.of("name", "Docs"))).split("/", -1)[3];
        tab.get(server.at("/tunnels/" + id + "/move"));
        PublicPort.Answer page = tab.submitAndFollow("/move", Map.of("project", target));
        assertThat(page.body()).contains("The tunnel is moved.", "http://web-shop.localhost", target);
        assertThat(tab.get(server.at("/tunnels/" + id)).status()).isEqualTo(404);
    }
}
