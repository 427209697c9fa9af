package dev.porthole.desktop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.core.declared.DeclarationFile;
import dev.porthole.core.discovery.ListeningPort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class InitAndDownTest {
    @TempDir
    private Path folder;

    private Path file;
    private ManyTunnels porthole;
    private CommandRun command;

    @BeforeEach
    void open() {
        file = folder.resolve("porthole.yml");
        porthole = new ManyTunnels(folder.resolve("home"));
        command = new CommandRun(porthole);
        porthole.listening.add(new ListeningPort(5173, 1, "node", "vite", "web-shop", "Vite", null, false));
        porthole.listening.add(new ListeningPort(5432, 2, "postgres", "postgres", null, "PostgreSQL", null, false));
        porthole.listening.add(new ListeningPort(631, 3, "cupsd", "cupsd", null, null, null, true));
    }

    @Test
    void initWritesWhatListensAndUpTakesIt() throws Exception {
        assertThat(command.run("init", "--file", file.toString())).isZero();
        assertThat(command.out())
                .contains("web-shop  5173      web-shop (Vite)")
                .doesNotContain("631");
        assertThat(command.err()).contains("Wrote " + file, "run: porthole up --file " + file);
        assertThat(Files.readString(file))
                .contains("  web-shop:\n    endpoint: 5173\n", "    host-header: localhost\n", "  # postgresql:\n");

        CommandRun next = new CommandRun(porthole);
        CompletableFuture<Integer> code = next.start("up", "--file", file.toString());
        next.awaitErr("What you save in ");
        next.interrupt();
        assertThat(code.get(10, TimeUnit.SECONDS)).isZero();
        assertThat(porthole.done)
                .contains("shared http://localhost:5173 label=web-shop (Vite) name=null hostHeader=localhost");
    }

    @Test
    void initOverwritesOnlyByForceAndAsksNothing() throws IOException {
        Files.writeString(file, "mine");
        assertThat(command.typing("y\n").run("init", "--file", file.toString())).isEqualTo(2);
        assertThat(command.err()).contains("is there already (expected: a new file, or --force to replace it)");
        assertThat(file).hasContent("mine");
        assertThat(command.opened).isEmpty();
        assertThat(command.run("init", "--file", file.toString(), "--force")).isZero();
        assertThat(Files.readString(file)).contains("endpoint: 5173");
    }

    @Test
    void initSaysItsPlanAsOneDocumentAndItsSchema() {
        assertThat(command.run("init", "--file", file.toString(), "--output", "json"))
                .isZero();
        JsonNode plan = command.json();
        assertThat(plan.get("file").asString()).isEqualTo(file.toString());
        assertThat(plan.get("tunnels")).hasSize(2);
        assertThat(plan.get("tunnels").get(1).get("shared").asBoolean()).isFalse();
        assertThat(JsonShapesTest.problems("init", command.out())).isEmpty();

        CommandRun schema = new CommandRun(porthole);
        assertThat(schema.run("init", "--schema")).isZero();
        assertThat(schema.json().get("title").asString()).isEqualTo("porthole.yml");
    }

    @Test
    void initInAFolderThatIsNotThereIsWrongUse() {
        assertThat(command.run(
                        "init", "--file", folder.resolve("gone/porthole.yml").toString()))
                .isEqualTo(2);
        assertThat(command.err()).contains("(expected: a file in a folder that is there)");
    }

    @Test
    void exampleOfTheDocumentationCanBeRead() throws Exception {
        assertThat(DeclarationFile.read(Path.of("docs/porthole.yml")).tunnels()).hasSize(6);
    }

    private void declareThree() throws IOException {
        porthole.has("tun_1", "one", "one", "3000");
        porthole.has("tun_2", "two", "two", "4000");
        Files.writeString(file, "tunnels: {web: {endpoint: 3000}, api: {endpoint: 4000}, docs: {endpoint: 5000}}");
    }

    @Test // B-B6
    void downTurnsOffWhatIsOnWhoeverCarriesIt() throws Exception {
        declareThree();
        CommandRun up = new CommandRun(porthole);
        CompletableFuture<Integer> running = up.start("up", "--file", file.toString());
        up.awaitErr("What you save in ");
        porthole.turnOffElsewhere("tun_2");

        assertThat(command.run("down", "--file", file.toString(), "--output", "json"))
                .isZero();
        assertThat(command.json().get("tunnels"))
                .extracting(row ->
                        row.get("tunnel").asString() + " " + row.get("result").asString())
                .containsExactly("web off", "api was_off", "docs off");
        assertThat(JsonShapesTest.problems("down", command.out())).isEmpty();
        assertThat(porthole.done).contains("stopped tun_1").doesNotContain("stopped tun_2", "deleted tun_1");
        assertThat(running.get(10, TimeUnit.SECONDS)).isZero();
    }

    @Test
    void downSaysWhatIsNotThere() throws IOException {
        declareThree();
        assertThat(command.run("down", "--file", file.toString())).isZero();
        assertThat(command.err().lines())
                .contains(
                        "web: was off already.",
                        "api: was off already.",
                        "docs: there is no tunnel of http://localhost:5000.");
    }

    @Test
    void deletingNeedsAYesOrTheOption() throws IOException {
        declareThree();
        assertThat(command.run("down", "--file", file.toString(), "--delete")).isEqualTo(2);
        assertThat(command.err()).contains("--yes");
        CommandRun no = new CommandRun(porthole).typing("n\n");
        assertThat(no.run("down", "--file", file.toString(), "--delete")).isZero();
        assertThat(no.err())
                .contains(
                        "This deletes 2 tunnels, and others may take their addresses then. Go on? [y/N]",
                        "Nothing was deleted.");
        assertThat(porthole.done).noneMatch(what -> what.startsWith("deleted"));

        CommandRun yes = new CommandRun(porthole);
        assertThat(yes.run("down", "--file", file.toString(), "--delete", "--yes"))
                .isZero();
        assertThat(yes.err()).contains("web: deleted.", "api: deleted.", "docs: there is no tunnel");
        assertThat(porthole.done).contains("deleted tun_1", "deleted tun_2");
    }
}
