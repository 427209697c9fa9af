package dev.porthole.desktop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.core.PortholeException;
import dev.porthole.core.PortholeException.Kind;
import dev.porthole.core.api.AuditEntry;
import dev.porthole.core.api.Connector;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OwnersCommandsTest {
    @TempDir
    private Path folder;

    private FakePorthole porthole;
    private CommandRun command;

    @BeforeEach
    void open() {
        porthole = new FakePorthole(folder);
        command = new CommandRun(porthole);
        porthole.connectors().add("con_1a2b3c4d", "builder", Connector.Kind.external, true, false);
        porthole.keys().all.add(FakeKeys.key("key_1", "ci"));
    }

    @Test
    void connectorsAreListedWithThisComputersOwnMarked() {
        porthole.connectors().add("con_2", "ada-laptop", Connector.Kind.managed, false, true);
        assertThat(command.run("connectors", "list")).isZero();
        assertThat(command.out().lines().toList().get(1)).matches("   builder +external +online +1 .*con_1a2b3c4d");
        assertThat(command.out().lines().toList().get(2)).matches("\\*  ada-laptop +managed +offline .*con_2");
    }

    @Test // B-C1
    void createdConnectorShowsItsCredentialOnceWithSnippets() {
        assertThat(command.run("connectors", "create", "nas")).isZero();
        assertThat(command.out())
                .contains("credential:   " + FakeConnectors.CREDENTIAL, "# Environment file", "porthole agent");
        assertThat(command.err()).contains("shown this once").doesNotContain(FakeConnectors.CREDENTIAL);
    }

    @Test // B-C1
    void oneSnippetOrTheCredentialAloneGoToAFile() {
        assertThat(command.run("connectors", "create", "nas", "--snippet", "environment"))
                .isZero();
        assertThat(command.out().lines())
                .containsExactly(
                        "PORTHOLE_SERVER=https://tunnels.example.com",
                        "PORTHOLE_CONNECTOR_TOKEN=" + FakeConnectors.CREDENTIAL);
        CommandRun quiet = new CommandRun(porthole);
        assertThat(quiet.run("connectors", "create", "nas", "--quiet")).isZero();
        assertThat(quiet.out()).isEqualToIgnoringNewLines(FakeConnectors.CREDENTIAL);
    }

    @Test // B-C2
    void shownConnectorSaysThatTheCredentialCannotBeShown() {
        assertThat(command.run("connectors", "show", "builder")).isZero();
        assertThat(command.out()).contains("rotate to reveal a new one; the current one cannot be shown");
        assertThat(porthole.done).contains("showed con_1a2b3c4d");
    }

    @Test // B-C8
    void rotatingAsksAPersonAndNoChangesNothing() {
        assertThat(command.typing("n\n").run("connectors", "rotate", "builder")).isZero();
        assertThat(command.err()).contains("ends at once", "Nothing was changed.");
        assertThat(porthole.done).doesNotContain("rotated con_1a2b3c4d");
    }

    @ParameterizedTest // B-C8
    @ValueSource(
            strings = {"connectors rotate builder", "connectors delete builder", "keys rotate ci", "keys revoke ci"})
    void nobodyIsAskedWithoutATerminal(String words) {
        assertThat(command.run(words.split(" ", -1))).isEqualTo(2);
        assertThat(command.err()).contains("say --yes");
        assertThat(porthole.done).noneMatch(what -> what.matches("(rotated|deleted|revoked) .*"));

        assertThat(command.run((words + " --yes").split(" ", -1))).isZero();
        assertThat(porthole.done).anyMatch(what -> what.matches("(rotated|deleted|revoked) (con_1a2b3c4d|key_1)"));
    }

    @Test // B-D1
    void keyIsPrintedAloneOnStandardOutput() {
        assertThat(command.run(
                        "keys",
                        "create",
                        "deploy",
                        "--scope",
                        "tunnels:read",
                        "--scope",
                        "events:read",
                        "--expires",
                        "90d"))
                .isZero();
        assertThat(command.out()).isEqualToIgnoringNewLines(FakeKeys.SECRET);
        assertThat(command.err()).contains("shown this once").doesNotContain(FakeKeys.SECRET);
        assertThat(porthole.done).contains("made key deploy scopes=[tunnels:read, events:read] tunnel=null expires");
    }

    @Test // B-D1
    void keysAreListedByPrefixWithoutSecrets() {
        assertThat(command.run("keys", "list")).isZero();
        assertThat(command.out()).contains("ci", "phk_cicd", "tunnels:read tunnels:write", "key_1");
        CommandRun json = new CommandRun(porthole);
        assertThat(json.run("keys", "list", "-o", "json")).isZero();
        assertThat(json.json().get("keys").get(0).get("prefix").asString()).isEqualTo("phk_cicd");
    }

    @Test
    void pastedSecretOfAnUnknownKeyIsNotRepeated() {
        assertThat(command.run("keys", "revoke", FakeKeys.SECRET, "--yes")).isEqualTo(4);
        assertThat(command.err()).doesNotContain(FakeKeys.SECRET);
    }

    @Test // B-D12
    void activityIsReadPageByPageUpToTheLimit() {
        for (int i = 0; i < 5; i++) {
            porthole.activity.add(new AuditEntry(
                    "aud_" + i,
                    "prj_web",
                    "usr_1",
                    "Ada",
                    "tunnel.created",
                    "tun_" + i,
                    null,
                    null,
                    "made",
                    Instant.EPOCH));
        }
        assertThat(command.run("activity", "--limit", "3", "--actor", "ada", "--since", "1h", "-o", "json"))
                .isZero();
        assertThat(command.json().get("entries")).hasSize(3);
        assertThat(command.json().get("more").asBoolean()).isTrue();
        assertThat(porthole.done).anyMatch(what -> what.startsWith("activity AuditFilter[actor=ada"));

        CommandRun people = new CommandRun(porthole);
        assertThat(people.run("activity")).isZero();
        assertThat(people.out().lines()).hasSize(6);
        assertThat(people.run("activity", "--limit", "0")).isEqualTo(2);
    }

    @Test
    void versionSaysBothOrWhyNot() {
        assertThat(command.run("version", "-o", "json")).isZero();
        assertThat(command.json().get("version").asString()).isEqualTo("1.2.3");
        assertThat(command.json().get("server").get("version").asString()).isEqualTo("3.2.1");

        porthole.refusal = new PortholeException(Kind.UNREACHABLE, "no answer at all");
        CommandRun alone = new CommandRun(porthole);
        assertThat(alone.run("version")).isZero();
        assertThat(alone.out()).contains("porthole:     1.2.3", "server:       no answer at all");
        assertThat(alone.run("version", "-q")).isZero();
    }

    @Test
    void versionOfTheClientAsksNoServer() {
        assertThat(command.run("version", "--client")).isZero();
        assertThat(command.opened).isEmpty();
        assertThat(command.out()).doesNotContain("server");
    }

    @Test
    void settingIsMadeReadListedAndTakenBackWithoutACore() throws Exception {
        Files.writeString(folder.resolve("config.yml"), "# mine\nserver: https://a.example.com\nnewer: [1, 2]\n");
        assertThat(command.run("config", "set", "theme", "Dark")).isZero();
        assertThat(command.run("config", "get", "theme")).isZero();
        assertThat(command.out()).isEqualToIgnoringNewLines("dark");
        assertThat(command.run("config", "set", "server", "b.example.com")).isZero();
        assertThat(folder.resolve("config.yml")).content().contains("https://b.example.com", "newer");
        assertThat(command.run("config", "unset", "theme")).isZero();
        assertThat(folder.resolve("config.yml")).content().doesNotContain("theme");
        assertThat(command.opened).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "set colour red",
                "get colour",
                "unset colour",
                "set theme red",
                "set server http://far.example.com",
                "set project my-project",
                "set notify-lost perhaps"
            })
    void settingThatCannotBeIsWrongUseAndChangesNothing(String words) throws Exception {
        Files.writeString(folder.resolve("config.yml"), "theme: odd\n");
        assertThat(command.run(("config " + words).split(" ", -1))).isEqualTo(2);
        assertThat(command.err()).contains("expected:");
        assertThat(folder.resolve("config.yml")).hasContent("theme: odd");
    }

    @Test
    void fileThatCannotBeReadIsLeftAlone() throws Exception {
        Files.writeString(folder.resolve("config.yml"), "server: [\n");
        assertThat(command.run("config", "set", "theme", "dark")).isEqualTo(1);
        assertThat(command.run("config", "list")).isEqualTo(1);
        assertThat(command.err()).contains("can't be read", "Mend it");
        assertThat(folder.resolve("config.yml")).hasContent("server: [");
    }

    @Test
    void pathIsPrintedAlone() {
        assertThat(command.run("config", "path")).isZero();
        assertThat(command.out())
                .isEqualToIgnoringNewLines(
                        folder.resolve("config.yml").toAbsolutePath().toString());
    }
}
