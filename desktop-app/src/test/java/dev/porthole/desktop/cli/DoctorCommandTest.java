package dev.porthole.desktop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.core.Porthole;
import dev.porthole.core.PortholeException;
import dev.porthole.core.PortholeException.Kind;
import dev.porthole.core.doctor.Check;
import dev.porthole.core.doctor.Reason;
import dev.porthole.desktop.FakeDoctor;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class DoctorCommandTest {
    @TempDir
    private Path folder;

    private FakePorthole porthole;
    private CommandRun command;

    @BeforeEach
    void open() {
        porthole = new FakePorthole(folder);
        command = new CommandRun(porthole);
    }

    @Test
    void peopleGetATableWithSentences() {
        assertThat(command.run("doctor")).isZero();

        assertThat(command.out())
                .contains("CHECK", "RESULT", "WHY", "Name resolution")
                .containsPattern("Certificate +pass +The certificate of tunnels.acme.dev is trusted");
    }

    @Test
    void programsGetOneDocumentWithStableNames() {
        porthole.doctor = FakeDoctor.ill();

        assertThat(command.run("doctor", "--output", "json")).isEqualTo(1);

        JsonNode document = command.json();
        assertThat(document.path("checks")).hasSize(Check.values().length);
        JsonNode clock = document.path("checks").path(3);
        assertThat(clock.path("check").asString()).isEqualTo("clock");
        assertThat(clock.path("result").asString()).isEqualTo("fail");
        assertThat(clock.path("reason").asString()).isEqualTo("clock-slow");
        assertThat(clock.path("text").asString()).contains("70 min 10 s slow");
        assertThat(clock.path("millis").asInt()).isEqualTo(40);
    }

    @Test
    void serverThatDoesNotSayWhoseTheKeyIsIsLookedIntoAllTheSame() {
        command.environment.put("PORTHOLE_API_KEY", "phk_1");
        command.openFails = new PortholeException(Kind.UNREACHABLE, "The server can't be reached.");
        command.opensWithoutKey = true;

        assertThat(command.run("doctor")).isZero();

        assertThat(command.out()).contains("Name resolution");
        assertThat(command.opened).extracting(Porthole.Options::apiKey).containsExactly("phk_1", null);
    }

    @Test
    void serverThatDoesNotAnswerIsExitCodeFive() {
        porthole.doctor = FakeDoctor.of(
                FakeDoctor.finding(Check.SERVER, Reason.SERVER_SILENT, "https://tunnels.acme.dev", "refused"));

        assertThat(command.run("doctor")).isEqualTo(5);
    }

    // T-L4
    @Test
    void textFromOutsideCannotMoveTheCursor() {
        porthole.doctor =
                FakeDoctor.of(FakeDoctor.finding(Check.SERVER, Reason.SERVER_SILENT, "x", "evil\u001b[2J\nforged"));

        assertThat(command.run("doctor")).isEqualTo(5);
        assertThat(command.out()).doesNotContain("\u001b", "\nforged");
    }

    @Test
    void bundleIsWrittenWhereOneSays() {
        Path file = folder.resolve("help.zip");

        assertThat(command.run("doctor", "--export", file.toString())).isZero();

        assertThat(file).hasContent("8 findings");
        assertThat(command.err()).contains("Written: " + file);
    }
}
