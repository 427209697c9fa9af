package dev.porthole.desktop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine.Model.ArgSpec;

/** How each command explains itself: in its help, in the reference, and in the manual. */
class HelpTest {
    private static final Path REFERENCE = Path.of("docs/commands.md");

    @TempDir
    private Path folder;

    private static Grammar grammar() {
        return Grammar.of(CommandRun.commands());
    }

    static Stream<Grammar.Word> commands() {
        return grammar().commands().stream();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void helpFitsIntoEightyColumns(Grammar.Word word) {
        CommandRun run = new CommandRun(new FakePorthole(folder));
        String[] arguments =
                Stream.concat(word.path().stream(), Stream.of("--help")).toArray(String[]::new);
        assertThat(run.run(arguments)).isZero();
        assertThat(run.out().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
        assertThat(run.err()).isEmpty();
    }

    @Test
    void helpSaysWhatIsNeededFirstAndWhatEveryCommandTakesLast() {
        CommandRun run = new CommandRun(new FakePorthole(folder));
        assertThat(run.run("tunnel", "listen", "--help")).isZero();
        assertThat(run.out().lines().findFirst())
                .contains("Usage: porthole tunnel listen [OPTIONS] --endpoint ENDPOINT");
        assertThat(run.out()).containsSubsequence("--host-header", "Options of every command:", "--server", "--help");
        CommandRun group = new CommandRun(new FakePorthole(folder));
        assertThat(group.run("keys", "--help")).isZero();
        assertThat(group.out())
                .containsSubsequence(
                        "Usage: porthole keys COMMAND [OPTIONS]", "Commands:", "rotate", "Options of every command:");
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everythingIsDescribed(Grammar.Word word) {
        assertThat(word.summary()).isNotBlank();
        assertThat(word.spec().args())
                .allSatisfy(argument -> assertThat(described(argument)).isNotBlank());
    }

    private static String described(ArgSpec argument) {
        return String.join(" ", argument.description());
    }

    @ParameterizedTest
    @MethodSource("commands")
    void whatTakesArgumentsShowsAnExampleThatIsUnderstood(Grammar.Word word) {
        List<String> examples = ManualTexts.examples(word);
        if (!word.isGroup() && !word.arguments().isEmpty()) {
            assertThat(examples).isNotEmpty();
        }
        if (!word.path().isEmpty()) {
            examples.stream()
                    .filter(line -> line.startsWith(word.title() + " "))
                    .forEach(line -> CommandRun.commands().parseArgs(words(line)));
        }
    }

    /** The words of a line without quotes, up to a pipe or a redirection. */
    private static String[] words(String line) {
        String bare = line.replaceFirst(" [|>].*", "")
                .replace("\"Shop, staging\"", "Shop")
                .replace("'", "");
        return Arrays.stream(bare.split(" ", -1)).skip(1).toArray(String[]::new);
    }

    @Test
    void optionsMeanTheSameInEveryCommand() {
        Grammar grammar = grammar();
        grammar.commands().stream()
                .flatMap(word -> word.options().stream())
                .forEach(option -> option.names()
                        .forEach(name -> assertThat(grammar.valued().containsKey(name))
                                .describedAs("%s takes a value in one command and none in another", name)
                                .isEqualTo(option.takesValue())));
    }

    @Test
    void referenceIsInStepWithTheCommands() throws Exception {
        CommandRun run = new CommandRun(new FakePorthole(folder));
        assertThat(run.run("__manual", "markdown")).isZero();
        assertThat(Files.readString(REFERENCE, StandardCharsets.UTF_8))
                .describedAs("desktop-app/docs/commands.md is not what the commands say of themselves. Run:"
                        + " ./porthole __manual markdown > desktop-app/docs/commands.md")
                .isEqualToNormalizingNewlines(run.out());
    }

    @Test
    void manualHasEveryCommandAndNoLineThatIsARequestByChance() {
        CommandRun run = new CommandRun(new FakePorthole(folder));
        assertThat(run.run("__manual", "man")).isZero();
        assertThat(run.out()).contains(".SS porthole tunnel update [OPTIONS] TUNNEL", ".SH EXIT STATUS");
        assertThat(run.out().lines().filter(line -> line.startsWith(".")))
                .allMatch(line -> line.matches("\\.(\\\\\"|TH|SH|SS|TP|PP|B|I|br|nf|fi|RS|RE)( .*)?"));
    }

    @Test
    @Tag("tools")
    void manualIsOneThatManReadersTake() throws Exception {
        CommandRun run = new CommandRun(new FakePorthole(folder));
        assertThat(run.run("__manual", "man")).isZero();
        Path page = Files.writeString(folder.resolve("porthole.1"), run.out());
        Process mandoc = new ProcessBuilder("mandoc", "-Tlint", "-Wwarning", page.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(mandoc.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        // It has no date: the same sources make the same page.
        assertThat(said.lines().filter(line -> !line.contains("missing date"))).isEmpty();
    }

    @Test
    void hiddenCommandsAreNowhere() {
        CommandRun run = new CommandRun(new FakePorthole(folder));
        assertThat(run.run("--help")).isZero();
        assertThat(run.run("completion", "bash")).isZero();
        assertThat(run.out()).doesNotContain("__manual", "__candidates  ");
    }

    @Test
    void candidatesAreAWordAndItsMeaningALine() {
        FakePorthole porthole = new FakePorthole(folder);
        porthole.tunnels.set(List.of(FakePorthole.ready(
                FakePorthole.tunnel("tun_1", "my shop", dev.porthole.core.api.Endpoint.parse("3000"), true))));
        CommandRun run = new CommandRun(porthole);
        assertThat(run.run("__candidates", "tunnels")).isZero();
        assertThat(run.out()).isEqualToIgnoringNewLines("happy-panda-dancing\tmy shop, http://localhost:3000");
        CommandRun projects = new CommandRun(porthole);
        assertThat(projects.run("__candidates", "projects")).isZero();
        assertThat(projects.out()).isEqualToIgnoringNewLines("prj_web\tAcme / web");
    }

    @Test
    void candidatesOfNobodyAreNoneAndNoError() {
        FakePorthole porthole = new FakePorthole(folder);
        porthole.signIn.set(new dev.porthole.core.SignIn.SignedOut());
        CommandRun run = new CommandRun(porthole);
        assertThat(run.run("__candidates", "tunnels")).isZero();
        assertThat(run.out() + run.err()).isEmpty();
    }
}
