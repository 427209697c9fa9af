package dev.porthole.server.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.core.api.ConnectorConnection.Snippet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

class ConnectorSnippetsTest {
    private static final String SERVER = "https://porthole.example.com";
    private static final String IMAGE = "ghcr.io/porthole/porthole:1.2.3";
    private static final String CREDENTIAL = "phc_aB3_-aB3_-aB3_-aB3_-aB3_-aB3_-aB3_-aB3_-xyz";
    private static final YAMLMapper YAML = new YAMLMapper();

    @TempDir
    Path folder;

    private static Map<String, String> snippets(String credential) {
        return new ConnectorSnippets(SERVER, IMAGE, credential, "phc_aB3_")
                .all().stream()
                        .collect(Collectors.toMap(Snippet::kind, Snippet::text, (one, other) -> one, TreeMap::new));
    }

    private static String snippet(String credential, String kind) {
        return Objects.requireNonNull(snippets(credential).get(kind), kind);
    }

    private static List<JsonNode> yaml(String text) throws IOException {
        try (var documents = YAML.readerFor(JsonNode.class).<JsonNode>readValues(text)) {
            return documents.readAll();
        }
    }

    @ParameterizedTest // B-C1
    @ValueSource(strings = {CREDENTIAL, ""})
    void nothingIsLeftToFillIn(String credential) {
        snippets(credential).forEach((kind, text) -> {
            assertThat(text)
                    .as(kind)
                    .doesNotContainPattern("<[A-Za-z_-]+>|\\{\\{|\\$\\{|%s|YOUR|TODO|CHANGE|xxx|\\.\\.\\.");
            assertThat(text.replace("://", "")).as(kind).doesNotContain("//");
            assertThat(text).as(kind).endsWith("\n").doesNotContain("\t").doesNotEndWith("\n\n");
            if (!kind.equals("environment") || !credential.isEmpty()) {
                assertThat(text).as(kind).contains(SERVER);
            }
            assertThat(text.contains(ConnectorSnippets.NOT_SHOWN)).as(kind).isEqualTo(credential.isEmpty());
            assertThat(text.contains(CREDENTIAL)).as(kind).isEqualTo(!credential.isEmpty());
        });
    }

    @Test // B-C1
    void environmentFileIsOneOfVariables() {
        assertThat(snippet(CREDENTIAL, "environment").lines())
                .contains("PORTHOLE_SERVER=" + SERVER, "PORTHOLE_CONNECTOR_TOKEN=" + CREDENTIAL)
                .allMatch(line -> line.startsWith("#") || line.matches("[A-Z_]+=[^\\s'\"]+"));
        assertThat(snippet("", "environment").lines())
                .as("one that is there already is not emptied")
                .noneMatch(line -> line.startsWith("PORTHOLE_CONNECTOR_TOKEN"));
    }

    @Test // B-C1
    void composeFileRunsTheAgent() throws Exception {
        JsonNode agent = yaml(snippet(CREDENTIAL, "compose")).getFirst().at("/services/porthole-agent");
        assertThat(agent.path("image").asString()).isEqualTo(IMAGE);
        assertThat(agent.path("command").valueStream().map(JsonNode::asString))
                .containsExactly("agent", "--server", SERVER);
        assertThat(agent.at("/environment/0").asString()).isEqualTo("PORTHOLE_CONNECTOR_TOKEN=" + CREDENTIAL);
        assertThat(agent.path("restart").asString()).isEqualTo("unless-stopped");
        assertThat(yaml(snippet("", "compose"))
                        .getFirst()
                        .at("/services/porthole-agent/environment/0")
                        .asString())
                .as("taken from Compose's own environment")
                .isEqualTo("PORTHOLE_CONNECTOR_TOKEN");
    }

    @Test // B-C1
    void kubernetesHasTheCredentialInASecretThatTheDeploymentReads() throws Exception {
        List<JsonNode> documents = yaml(snippet(CREDENTIAL, "kubernetes"));
        assertThat(documents.stream().map(document -> document.path("kind").asString()))
                .containsExactly("Secret", "Deployment");
        JsonNode secret = documents.getFirst();
        assertThat(secret.at("/stringData/credential").asString()).isEqualTo(CREDENTIAL);
        JsonNode deployment = documents.getLast();
        assertThat(deployment.at("/spec/selector/matchLabels"))
                .isEqualTo(deployment.at("/spec/template/metadata/labels"));
        JsonNode container = deployment.at("/spec/template/spec/containers/0");
        assertThat(container.path("image").asString()).isEqualTo(IMAGE);
        assertThat(container.path("args").valueStream().map(JsonNode::asString))
                .containsExactly("agent", "--server", SERVER);
        JsonNode reference = container.at("/env/0/valueFrom/secretKeyRef");
        assertThat(container.at("/env/0/name").asString()).isEqualTo("PORTHOLE_CONNECTOR_TOKEN");
        assertThat(reference.path("name")).isEqualTo(secret.at("/metadata/name"));
        assertThat(secret.at("/stringData").has(reference.path("key").asString()))
                .isTrue();
        assertThat(deployment.toString()).doesNotContain(CREDENTIAL);
        assertThat(yaml(snippet("", "kubernetes")))
                .as("the secret that is there stays")
                .singleElement()
                .satisfies(only -> assertThat(only.path("kind").asString()).isEqualTo("Deployment"));
    }

    @ParameterizedTest // B-C1
    @ValueSource(strings = {CREDENTIAL, ""})
    @Tag("tools")
    void shellTakesWhatIsForIt(String credential) throws Exception {
        for (String kind : List.of("cli", "systemd", "docker", "curl")) {
            Path script = Files.writeString(folder.resolve(kind + ".sh"), snippet(credential, kind));
            assertThat(run("bash", "-n", script.toString())).as(kind).isEmpty();
        }
        Path variables = Files.writeString(folder.resolve("agent.env"), snippet(CREDENTIAL, "environment"));
        assertThat(run("bash", "-c", ". " + variables + "; echo $PORTHOLE_SERVER $PORTHOLE_CONNECTOR_TOKEN"))
                .isEqualTo(SERVER + " " + CREDENTIAL + "\n");
    }

    @Test // B-C1
    @Tag("tools")
    void systemdTakesTheUnit() throws Exception {
        String script = snippet(CREDENTIAL, "systemd");
        String unit = script.substring(script.indexOf("[Unit]"), script.lastIndexOf("END\n"));
        // The program is not installed where this is tested; what else there is to say of the unit is nothing.
        Path file = Files.writeString(
                folder.resolve("porthole-agent.service"), unit.replace("/usr/bin/porthole", "/bin/true"));
        assertThat(run("systemd-analyze", "verify", file.toString())).isEmpty();
        assertThat(unit)
                .contains(
                        "Type=notify",
                        "WatchdogSec=60",
                        "ExecStart=/usr/bin/porthole agent",
                        "EnvironmentFile=/etc/porthole/agent.env");
        assertThat(unit).as("everyone may read a unit").doesNotContain(CREDENTIAL);
    }

    private static String run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }
}
