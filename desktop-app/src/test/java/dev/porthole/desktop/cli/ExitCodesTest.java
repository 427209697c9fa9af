package dev.porthole.desktop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.core.PortholeException;
import dev.porthole.core.PortholeException.Kind;
import dev.porthole.core.SignIn;
import java.net.URI;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Each command with each of its ends: what a script can tell apart. */
class ExitCodesTest {
    @TempDir
    private Path folder;

    private FakePorthole porthole;
    private CommandRun command;

    @BeforeEach
    void open() {
        porthole = Samples.porthole(folder);
        command = new CommandRun(porthole);
    }

    static Stream<Sample> all() {
        return Samples.all();
    }

    static Stream<Sample> asking() {
        return Samples.all().filter(Sample::asksTheServer);
    }

    @ParameterizedTest
    @MethodSource("all")
    void fine(Sample sample) {
        assertThat(command.run(sample.words())).describedAs(command.err()).isZero();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void unknownOptionIsWrongUse(String name) {
        assertThat(command.run((name + " --no-such-option").split(" ", -1))).isEqualTo(2);
        assertThat(command.err()).contains("Run: porthole " + name + " --help");
        assertThat(command.out()).isEmpty();
        assertThat(command.opened).isEmpty();
    }

    static Stream<String> commands() {
        return Grammar.of(CommandRun.commands()).commands().stream()
                .filter(word -> !word.isGroup())
                // The launcher starts programs of their own for these.
                .filter(word -> !word.name().equals("server") && !word.title().equals("porthole open"))
                .map(word -> String.join(" ", word.path()));
    }

    @ParameterizedTest
    @MethodSource("asking")
    void nobodySignedInIsThree(Sample sample) {
        porthole.signIn.set(new SignIn.SignedOut());
        assertThat(command.run(sample.words())).isEqualTo(3);
        assertThat(command.err()).contains("Run: porthole auth login");
    }

    @ParameterizedTest
    @MethodSource("asking")
    void endedSignInIsThree(Sample sample) {
        porthole.signIn.set(new SignIn.Expired(URI.create("https://tunnels.example.com"), FakePorthole.ADA, false));
        assertThat(command.run(sample.words())).isEqualTo(3);
        assertThat(command.err()).contains("has ended. Run: porthole auth login");
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void whatTheServerSaysIsItsKindsCode(Kind kind) {
        asking().forEach(sample -> {
            open();
            porthole.refusal = new PortholeException(kind, "It said no to that.");
            assertThat(command.run(sample.words()))
                    .describedAs(sample.toString())
                    .isEqualTo(kind.exitCode());
            assertThat(command.err().lines()).describedAs(sample.toString()).hasSize(1);
            assertThat(command.err()).contains("It said no to that.");
            assertThat(command.out()).isEmpty();
        });
    }

    @ParameterizedTest
    @MethodSource("asking")
    void coreThatDoesNotOpenIsItsKindsCode(Sample sample) {
        command.openFails = new PortholeException(Kind.UNREACHABLE, "No answer.");
        assertThat(command.run(sample.words())).isEqualTo(5);
    }

    @ParameterizedTest
    @MethodSource("asking")
    void defectIsOneAndShowsNoStackTrace(Sample sample) {
        porthole.defect = new IllegalStateException("a broken promise");
        assertThat(command.run(sample.words())).isEqualTo(1);
        assertThat(command.err()).contains("This should not have happened").doesNotContain("\tat ");
    }
}
