package dev.porthole.desktop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.core.Porthole;
import dev.porthole.core.PortholeException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EachLineCommandTest {
    @TempDir
    private Path folder;

    @Test
    void runsLineByLineUntilOneFails() {
        CommandRun command = new CommandRun(new FakePorthole(folder))
                .piping("version --client --quiet\nno-such-command\nversion --client --quiet\n");
        assertThat(command.run("__each")).isEqualTo(2);
        assertThat(command.out().lines()).containsExactly("1.2.3");
    }

    @Test
    void onlyCommandsThatGoOnFollowWhatChanges() {
        CommandRun command = new CommandRun(new FakePorthole(folder)).piping("tunnel list\nauth status\n");
        assertThat(command.run("__each")).isZero();
        assertThat(command.opened).hasSize(2).noneMatch(Porthole.Options::follows);

        for (List<String> words :
                List.of(List.of("tunnel", "listen", "--endpoint", "3000"), List.of("share", "3000"))) {
            command.opened.clear();
            command.openFails = new PortholeException(PortholeException.Kind.FAILED, "not now");
            assertThat(command.run(words.toArray(String[]::new))).isEqualTo(1);
            assertThat(command.opened).hasSize(1).allMatch(Porthole.Options::follows);
        }
    }
}
