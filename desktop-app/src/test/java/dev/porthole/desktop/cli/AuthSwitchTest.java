package dev.porthole.desktop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.core.KnownSignIn;
import dev.porthole.core.api.Connector;
import dev.porthole.core.api.Endpoint;
import dev.porthole.core.api.User;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuthSwitchTest {
    private static final User BOB = new User("usr_2", "Bob", "bob@example.org", false);
    private static final URI OTHER = URI.create("https://other.example.org");

    @TempDir
    private Path folder;

    private FakePorthole porthole;
    private CommandRun command;

    @BeforeEach
    void openWithTwoSignIns() {
        porthole = new FakePorthole(folder);
        command = new CommandRun(porthole);
        porthole.signIns.add(new KnownSignIn(FakePorthole.SERVER, FakePorthole.ADA, false, true, false));
        porthole.signIns.add(new KnownSignIn(OTHER, BOB, false, false, true));
    }

    /** A tunnel that is on, carried by another program of this computer. */
    private void carryInTheApp() {
        porthole.connectors().add("con_1", "ada-laptop", Connector.Kind.managed, true, true);
        porthole.tunnels.set(List.of(new dev.porthole.core.TunnelState(
                FakePorthole.tunnel("tun_1", "shop", Endpoint.parse("3000"), true),
                false,
                dev.porthole.core.TunnelState.Phase.READY,
                "")));
    }

    @Test // B-B2
    void listMarksTheActiveOne() {
        assertThat(command.run("auth", "list")).isZero();
        assertThat(command.out().lines().toList().get(1)).matches("\\*  Ada .*tunnels.example.com +signed_in +usr_1");
        assertThat(command.out().lines().toList().get(2)).matches("   Bob .*other.example.org +expired +usr_2");
    }

    @ParameterizedTest // B-B2
    @ValueSource(strings = {"usr_2", "bob", "BOB@example.org", "other.example.org", "https://other.example.org/"})
    void anotherIsChangedOverToByAnyOfTheirNames(String who) {
        assertThat(command.run("auth", "switch", who)).isZero();
        assertThat(porthole.done).contains("changed over to usr_2 at https://other.example.org");
        assertThat(command.err()).contains("Now Bob (bob@example.org) at https://other.example.org");
    }

    @Test // B-B2
    void whatStopsIsSaidAndNoChangesNothing() {
        carryInTheApp();
        assertThat(command.typing("n\n").run("auth", "switch", "bob")).isZero();
        assertThat(command.err()).contains("These tunnels of this computer stop: shop.", "Nothing was changed.");
        assertThat(porthole.done).noneMatch(what -> what.startsWith("changed over"));
    }

    @Test // B-B2
    void nobodyIsAskedWithoutATerminalUnlessYesWasSaid() {
        carryInTheApp();
        assertThat(command.run("auth", "switch", "bob")).isEqualTo(2);
        assertThat(command.err()).contains("shop", "say --yes");
        assertThat(command.run("auth", "switch", "bob", "--yes")).isZero();
        assertThat(porthole.done).contains("changed over to usr_2 at https://other.example.org");
    }

    @Test // B-B2
    void signingOutSaysWhatStopsInTheRunningApp() {
        carryInTheApp();
        assertThat(command.typing("n\n").run("auth", "logout")).isZero();
        assertThat(command.err()).contains("Signing out stops:", "shop", "Still signed in.");
    }

    @Test // B-B2
    void withoutANameItIsPickedFromAList() {
        assertThat(command.typing("2\n").run("auth", "switch")).isZero();
        assertThat(command.err()).contains("[1] * Ada", "[2]   Bob");
        assertThat(porthole.done).contains("changed over to usr_2 at https://other.example.org");
        assertThat(new CommandRun(porthole).typing("3\n").run("auth", "switch")).isEqualTo(2);
        assertThat(new CommandRun(porthole).run("auth", "switch")).isEqualTo(2);
    }

    @Test
    void unknownOneIsNotFoundAndTheActiveOneStaysAsItIs() {
        assertThat(command.run("auth", "switch", "eve")).isEqualTo(4);
        assertThat(command.run("auth", "switch", "ada")).isZero();
        assertThat(porthole.done).noneMatch(what -> what.startsWith("changed over"));
    }
}
