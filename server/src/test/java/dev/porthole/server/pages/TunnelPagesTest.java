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
import tools.jackson.databind.JsonNode;

class TunnelPagesTest {
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

    private JsonNode tunnel(String id) throws IOException {
        return server.api("GET", "/tunnels/" + id, null);
    }

    @Test
    void emptyProjectSaysWhatToDoNext() {
        assertThat(tab.get(server.at("/tunnels")).body()).contains("No tunnels yet", "porthole share 3000");
    }

    @Test // B-D13
    void tunnelIsMadeByForm() throws IOException {
        tab.get(server.at("/tunnels/new"));
        PublicPort.Answer page =
                tab.submitAndFollow("/tunnels/new", Map.of("endpoint", "5173", "label", "Shop", "name", "web-shop"));
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.body())
                .contains("The tunnel is made.", "<h1>Shop</h1>", "http://web-shop.localhost:" + server.port.port());
        assertThat(server.api("GET", "/tunnels", null).at("/items/0/endpoint").asString())
                .isEqualTo("http://localhost:5173");
    }

    @Test // B-B8
    void endpointThatHasATunnelLeadsToIt() throws IOException {
        String id = server.tunnel("{\"endpoint\":\"3000\"}");
        tab.get(server.at("/tunnels/new"));
        PublicPort.Answer answer = tab.submit("/tunnels/new", Map.of("endpoint", "http://127.0.0.1:3000"));
        assertThat(Tab.location(answer)).isEqualTo(server.at("/tunnels/" + id) + "?said=tunnel-found");
    }

    @Test
    void whatWasTypedStaysBesideWhatWasWrong() {
        tab.get(server.at("/tunnels/new"));
        PublicPort.Answer answer =
                tab.submit("/tunnels/new", Map.of("endpoint", "localhost:70000", "label", "My shop", "name", "shop"));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body())
                .contains("value=\"localhost:70000\"", "value=\"My shop\"", "value=\"shop\"")
                .contains("id=\"endpoint-problem\" role=\"alert\"")
                .contains("expected: a port of 1-65535 at the end");
        assertThat(tab.submit("/tunnels/new", Map.of("endpoint", "3000")).status())
                .as("the form that was refused can be mended")
                .isEqualTo(303);
    }

    @Test // B-D2
    void takenNameIsSaidAndNothingIsRenamed() throws IOException {
        server.tunnel("{\"endpoint\":\"3000\",\"name\":\"web-shop\"}");
        tab.get(server.at("/tunnels/new"));
        PublicPort.Answer answer = tab.submit("/tunnels/new", Map.of("endpoint", "4000", "name", "web-shop"));
        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.body()).contains("id=\"name-problem\"").contains("value=\"web-shop\"");
        assertThat(server.api("GET", "/tunnels", null).path("total").asInt()).isEqualTo(1);
    }

    @Test // B-B11
    void editKeepsIdAndAddress() throws IOException {
        String id = server.tunnel("{\"endpoint\":\"3000\",\"label\":\"Old\"}");
        String url = tunnel(id).path("url").asString();
        tab.get(server.at("/tunnels/" + id + "/edit"));
        assertThat(tab.shown().body()).contains("value=\"Old\"", "value=\"http://localhost:3000\"");
        PublicPort.Answer page =
                tab.submitAndFollow("/edit", Map.of("label", "New", "endpoint", "https://10.0.0.5:8443"));
        assertThat(page.body()).contains("The tunnel is changed.", "<h1>New</h1>", url);
        assertThat(tunnel(id).path("endpoint").asString()).isEqualTo("https://10.0.0.5:8443");
        assertThat(tunnel(id).path("url").asString()).isEqualTo(url);
    }

    @Test
    void switchTurnsOnWithTheChosenConnectorAndOff() throws IOException {
        String id = server.tunnel("{\"endpoint\":\"3000\"}");
        tab.get(server.at("/tunnels/" + id));
        assertThat(tab.shown().body()).contains("No connector carries tunnels of this project yet");
        String connector = server.connector();

        tab.get(server.at("/tunnels/" + id));
        PublicPort.Answer on = tab.submitAndFollow("/switch", Map.of("connector", connector));
        assertThat(on.body())
                .contains("The tunnel is turned on.")
                .contains("aria-checked=\"true\"")
                .contains("offline");
        assertThat(tunnel(id).path("enabled").asBoolean()).isTrue();

        tab.get(server.at("/tunnels"));
        PublicPort.Answer off = tab.submitAndFollow("/switch", Map.of());
        assertThat(off.body()).contains("The tunnel is turned off.").contains("aria-checked=\"false\"");
        assertThat(tunnel(id).path("enabled").asBoolean()).isFalse();
    }

    @Test // B-B15
    void deletionAsksFirst() throws IOException {
        String id = server.tunnel("{\"endpoint\":\"3000\",\"label\":\"Shop\"}");
        tab.get(server.at("/tunnels/" + id + "/delete"));
        assertThat(tab.shown().body()).contains("Delete Shop?", "stops working", "Cancel");
        assertThat(tunnel(id).path("id").asString())
                .as("a question changes nothing")
                .isEqualTo(id);
        assertThat(tab.submitAndFollow("/delete", Map.of()).body()).contains("The tunnel is deleted.");
        assertThat(server.api("GET", "/tunnels", null).path("total").asInt()).isZero();
    }

    @Test // T-C3
    void longListGoesOnOnTheNextPage() throws IOException {
        for (int port = 3000; port < 3053; port++) {
            server.tunnel("{\"endpoint\":\"" + port + "\",\"label\":\"app " + port + "\"}");
        }
        String first = tab.get(server.at("/tunnels")).body();
        assertThat(first).contains("50 of 53 tunnels").contains("Next page");
        String next = first.replaceAll("(?s).*href=\"([^\"]*cursor=[^\"]*)\".*", "$1");
        assertThat(tab.get(next.replace("&amp;", "&")).body()).contains("3 of 53 tunnels", "First page");
    }
}
