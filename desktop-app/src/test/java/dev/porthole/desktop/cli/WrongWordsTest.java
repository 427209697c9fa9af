package dev.porthole.desktop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Words that no command knows: what was given, and what was expected. */
class WrongWordsTest {
    @TempDir
    private Path folder;

    @Test
    void commandThatIsNoneIsToldTheOnesThatAre() {
        assertThat(said("shrae", "3000"))
                .startsWith("porthole: command: shrae (expected: share, init, up, down, tunnel,")
                .doesNotContain("__each")
                .contains("Run: porthole --help");
        assertThat(said("tunnel", "lst"))
                .startsWith("porthole: command: lst (expected: listen, list, create,")
                .contains("Run: porthole tunnel --help");
    }

    @Test
    void wordTooManyIsNamed() {
        assertThat(said("tunnel", "list", "all")).startsWith("porthole: argument: all (expected: nothing there)");
    }

    private String said(String... words) {
        CommandRun command = new CommandRun(new FakePorthole(folder));
        assertThat(command.run(words)).isEqualTo(2);
        return command.err();
    }
}
