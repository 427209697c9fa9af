package dev.porthole.desktop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The completion scripts, in the shells that they are for. */
@Tag("tools")
class CompletionTest {
    @TempDir
    private Path folder;

    /** A program of this name that the scripts can ask. */
    @BeforeEach
    void makePorthole() throws IOException {
        Path porthole = folder.resolve("porthole");
        Files.writeString(porthole, """
                #!/bin/sh
                [ "$*" = "__candidates tunnels" ] && printf 'web-shop\\tShop: the best\\nwiki\\tDocs\\n'
                """);
        Files.setPosixFilePermissions(porthole, PosixFilePermissions.fromString("rwxr-xr-x"));
        for (String shell : List.of("bash", "zsh", "fish", "powershell")) {
            CommandRun run = new CommandRun(new FakePorthole(folder));
            assertThat(run.run("completion", shell)).isZero();
            Files.writeString(folder.resolve("script." + shell), run.out());
        }
    }

    /** What the shell offers for the last word of a line. */
    private List<String> offered(String shell, String line) throws Exception {
        String command = switch (shell) {
            case "bash" -> """
                source script.bash
                line=$1
                # As readline does it: '=' is a word of its own.
                read -ra COMP_WORDS <<<"${line//=/ = }"
                [[ $line == *[\\ =] ]] && COMP_WORDS+=('')
                COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
                _porthole
                printf '%s\\n' "${COMPREPLY[@]}"
                """;
            // Where zsh's own completion would take the words up, they are printed.
            case "zsh" -> """
                offer() { local one; for one; do [[ $one == $words[CURRENT]* ]] && print -r -- $one; done; return 0 }
                compadd() { shift; offer "$@" }
                _describe() { offer "${(@)${(@P)@[-1]}%%:*}" }
                compdef() { }
                source ./script.zsh
                words=("${(@s: :)1}")
                CURRENT=${#words}
                _porthole
                """;
            default -> "source script.fish; complete -C $argv[1] | cut -f 1";
        };
        return run(shell, command, line);
    }

    private List<String> run(String shell, String command, String line) throws Exception {
        List<String> program = shell.equals("fish")
                ? List.of("fish", "--no-config", "-c", command, line)
                : List.of(shell, "-c", command, shell, line);
        ProcessBuilder builder = new ProcessBuilder(program).directory(folder.toFile());
        builder.environment().put("PATH", folder + ":" + System.getenv("PATH"));
        builder.environment().put("HOME", folder.toString());
        Process process = builder.redirectError(folder.resolve("err").toFile()).start();
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(folder.resolve("err")).content().isEmpty();
        return out.lines().map(String::strip).filter(word -> !word.isEmpty()).toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"bash", "zsh", "fish"})
    void commandsAndTheirCommandsAreOffered(String shell) throws Exception {
        assertThat(offered(shell, "porthole ")).contains("share", "tunnel", "connectors", "completion");
        assertThat(offered(shell, "porthole tunnel li")).containsExactlyInAnyOrder("list", "listen");
        assertThat(offered(shell, "porthole --project prj_1 tunnel li")).containsExactlyInAnyOrder("list", "listen");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bash", "zsh", "fish"})
    void optionsOfTheCommandAndOfAllAreOffered(String shell) throws Exception {
        assertThat(offered(shell, "porthole tunnel listen --end")).containsExactly("--endpoint");
        assertThat(offered(shell, "porthole tunnel list --out")).containsExactly("--output");
        assertThat(offered(shell, "porthole tunnel list --end")).isEmpty();
        assertThat(offered(shell, "porthole tunnel update web-shop --lab")).containsExactly("--label");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bash", "zsh", "fish"})
    void valuesOfOptionsAndArgumentsAreOffered(String shell) throws Exception {
        assertThat(offered(shell, "porthole tunnel list --output ")).containsExactlyInAnyOrder("table", "json");
        assertThat(offered(shell, "porthole tunnel list -o j")).containsExactly("json");
        assertThat(offered(shell, "porthole config get th")).containsExactly("theme");
        assertThat(offered(shell, "porthole completion f")).containsExactly("fish");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bash", "zsh", "fish"})
    void tunnelsAreAskedFor(String shell) throws Exception {
        assertThat(offered(shell, "porthole tunnel disable w")).containsExactlyInAnyOrder("web-shop", "wiki");
        assertThat(offered(shell, "porthole tunnel rm wi")).containsExactly("wiki");
        assertThat(offered(shell, "porthole tunnel disable web-shop w")).isEmpty();
    }

    @Test
    void bashTakesAValueBehindAnEqualsSign() throws Exception {
        assertThat(offered("bash", "porthole tunnel list --output=j")).containsExactly("json");
    }
}
