package dev.porthole.desktop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.core.PortholeException;
import dev.porthole.core.PortholeException.Kind;
import dev.porthole.core.SignIn;
import dev.porthole.core.api.Endpoint;
import dev.porthole.core.api.Organization;
import dev.porthole.core.api.Project;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuthAndProjectsTest {
    @TempDir
    private Path folder;

    private FakePorthole porthole;
    private CommandRun command;

    @BeforeEach
    void open() {
        porthole = new FakePorthole(folder);
        command = new CommandRun(porthole);
    }

    @Test // B-B1
    void loginSaysWhoAndTakesTheOnlyProjectWithoutAsking() {
        porthole.active.set(Optional.empty());
        assertThat(command.run("auth", "login", "--server", "tunnels.example.com"))
                .isZero();
        assertThat(command.err()).contains("Logged in as Ada (ada@example.com)");
        assertThat(porthole.done).contains("signed in at tunnels.example.com", "switched to prj_web");
    }

    @Test // B-B1
    void loginAsksForOneOfSeveralProjectsUntilTheAnswerIsANumberOfTheList() {
        porthole.active.set(Optional.empty());
        porthole.projects.add(FakePorthole.API);
        assertThat(command.piping("x\n0\n3\n2\n").run("auth", "login", "--server", "tunnels.example.com"))
                .isZero();
        assertThat(command.err())
                .contains("[1] Acme / web", "[2] Acme / api")
                .containsPattern("(?s)(Enter number \\[1-2\\].*){4}");
        assertThat(porthole.done).contains("switched to prj_api");
    }

    @Test // B-B1
    void noProjectIsAClearMessage() {
        porthole.active.set(Optional.empty());
        porthole.projects.clear();
        assertThat(command.run("auth", "login", "--server", "tunnels.example.com"))
                .isEqualTo(4);
        assertThat(command.err()).contains("You are in no project yet");
    }

    @Test // B-B1
    void addressIsPrintedIfNoBrowserOpens() {
        command.browserOpens = false;
        assertThat(command.run("auth", "login", "--server", "tunnels.example.com"))
                .isZero();
        assertThat(command.err()).contains("https://tunnels.example.com/authorize?x=1");
    }

    @Test // B-B1, T-I7
    void deviceLoginShowsAddressAndCodeAndOpensNoBrowser() {
        assertThat(command.run("auth", "login", "--device", "--server", "tunnels.example.com"))
                .isZero();
        assertThat(command.err())
                .contains("https://tunnels.example.com/device", "BCDF-GHJK", "?user_code=BCDF-GHJK")
                .contains("Logged in as Ada");
        assertThat(command.browsed).isEmpty();
        assertThat(porthole.done).contains("signed in by device at tunnels.example.com");
    }

    @Test // B-B1
    void withoutABrowserTheOtherWayIsNamed() {
        command.browserOpens = false;
        assertThat(command.run("auth", "login", "--server", "tunnels.example.com"))
                .isZero();
        assertThat(command.err()).contains("porthole auth login --device");
    }

    @Test // B-B1
    void loginWithoutAServerSaysHowToNameOne() {
        assertThat(command.run("auth", "login")).isEqualTo(2);
        assertThat(command.err()).contains("porthole auth login --server ADDRESS");
    }

    @Test // B-B2
    void statusShowsUserOrganizationAndProject() {
        assertThat(command.run("auth", "status")).isZero();
        assertThat(command.out()).contains("Ada (ada@example.com)", "Acme", "web (prj_web)", "in the keychain");
    }

    @Test // B-B2
    void statusOfNobodyIsNotSignedIn() {
        porthole.signIn.set(new SignIn.SignedOut());
        assertThat(command.run("auth", "status", "-o", "json")).isEqualTo(3);
        assertThat(command.json().get("state").asString()).isEqualTo("signed_out");
    }

    @Test // B-B2
    void logoutTellsWhatWillStopAndCanBeCancelled() {
        porthole.tunnels.set(
                List.of(FakePorthole.ready(FakePorthole.tunnel("tun_1", "shop", Endpoint.parse("3000"), true))));
        assertThat(command.typing("n\n").run("auth", "logout")).isZero();
        assertThat(command.err()).contains("shop", "Still signed in.");
        assertThat(porthole.done).doesNotContain("signed out");
    }

    @Test // B-B2
    void logoutSignsOut() {
        assertThat(command.run("auth", "logout")).isZero();
        assertThat(porthole.done).contains("signed out");
    }

    @Test // B-B3
    void projectsListMarksTheActiveOne() {
        porthole.projects.add(FakePorthole.API);
        assertThat(command.run("projects", "list")).isZero();
        assertThat(command.out().lines())
                .containsExactly("   PROJECT     ID", "*  Acme / web  prj_web", "   Acme / api  prj_api");
    }

    @Test // B-B3
    void projectsListAsJsonIsOneDocument() {
        assertThat(command.run("projects", "list", "--output", "json")).isZero();
        assertThat(command.json().get("projects").get(0).get("id").asString()).isEqualTo("prj_web");
        assertThat(command.json().get("projects").get(0).get("active").asBoolean())
                .isTrue();
    }

    @Test // B-B3
    void projectsSwitchKeepsTheChoice() {
        porthole.projects.add(FakePorthole.API);
        assertThat(command.run("projects", "switch", "prj_api")).isZero();
        assertThat(porthole.done).contains("switched to prj_api");
    }

    @Test // B-B3
    void unknownProjectIsNotFound() {
        assertThat(command.run("projects", "switch", "prj_none")).isEqualTo(4);
        assertThat(command.err()).contains("prj_none");
    }

    @Test // B-B3
    void projectForOneCallGoesToTheCoreAndNotToTheConfiguration() {
        assertThat(command.run("tunnel", "list", "--project", "prj_api")).isZero();
        assertThat(command.opened.getFirst().project()).isEqualTo("prj_api");
        assertThat(Files.exists(folder.resolve("config.yml"))).isFalse();
    }

    @Test
    void variablesStandInForFlagsAndFlagsWin() {
        command.environment.put("PORTHOLE_SERVER", "one.example.com");
        command.environment.put("PORTHOLE_PROJECT", "prj_one");
        command.environment.put("PORTHOLE_API_KEY", "secret");
        assertThat(command.run("tunnel", "list", "--server", "two.example.com")).isZero();
        assertThat(command.opened.getFirst().server()).isEqualTo("two.example.com");
        assertThat(command.opened.getFirst().project()).isEqualTo("prj_one");
        assertThat(command.opened.getFirst().apiKey()).isEqualTo("secret");
    }

    @Test // B-B11
    void deletingAnUnknownTunnelIsNotFound() {
        porthole.refusal = new PortholeException(Kind.NOT_FOUND, "tunnel: tun_9 (expected: one of this project)");
        assertThat(command.run("tunnel", "delete", "tun_9")).isEqualTo(4);
    }

    @Test // B-B11
    void deletingAsksAPersonAndNoScript() {
        assertThat(command.typing("n\n").run("tunnel", "delete", "tun_1")).isZero();
        assertThat(porthole.done).doesNotContain("deleted tun_1");
        assertThat(new CommandRun(porthole).run("tunnel", "delete", "tun_1")).isZero();
        assertThat(porthole.done).contains("deleted tun_1");
    }

    @Test // B-B11
    void listingChangesNothing() {
        porthole.tunnels.set(
                List.of(FakePorthole.ready(FakePorthole.tunnel("tun_1", "shop", Endpoint.parse("3000"), true))));
        assertThat(command.run("tunnel", "list", "-o", "json")).isZero();
        assertThat(command.json().get("tunnels").get(0).get("state").asString()).isEqualTo("ready");
        assertThat(porthole.done).containsExactly("closed stopTunnels=false");
    }

    @Test // T-L4
    void controlCharactersOfAServersTextNeverReachTheTerminal() {
        porthole.projects.add(new Project("prj_x", "evil\u001b[2J\r\nprj\u202e", new Organization("org_2", "O\u0007")));
        assertThat(command.run("projects", "list")).isZero();
        assertThat(command.out()).contains("O\\u0007 / evil\\u001b[2J\\r\\nprj\\u202e");
        assertThat(command.run("projects", "list", "-o", "json")).isZero();
        assertThat(command.out().replace(System.lineSeparator(), "")).matches("[\\x20-\\x7e]*");
    }

    @Test
    void unknownCommandAndOptionAreOneLineAndAHint() {
        assertThat(command.run("tunel")).isEqualTo(2);
        assertThat(command.run("tunnel", "list", "--verbos")).isEqualTo(2);
        assertThat(command.run("tunnel")).isEqualTo(2);
        assertThat(command.err()).contains("Run: porthole --help", "Run: porthole tunnel list --help");
        assertThat(command.out()).isEmpty();
    }

    @Test
    void defectIsALineAndNoStackTrace() {
        porthole.defect = new IllegalStateException("a broken promise");
        assertThat(command.run("projects", "list")).isEqualTo(1);
        assertThat(command.err()).contains("This should not have happened").doesNotContain("\tat ");
    }

    @Test
    void helpListsEveryCommandAndTheServer() {
        assertThat(command.run("--help")).isZero();
        assertThat(command.out()).contains("share", "tunnel", "auth", "projects", "server", "Exit codes");
        assertThat(command.run("tunnel", "listen", "--help")).isZero();
        assertThat(command.out()).contains("--server", "--project", "--output", "--endpoint");
    }

    @Test
    void versionIsOneLineOfData() {
        assertThat(command.run("--version")).isZero();
        assertThat(command.out()).matches("porthole \\d+\\.\\d+\\.\\d+\\S*\\R");
    }
}
