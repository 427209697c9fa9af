package dev.porthole.desktop.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.core.PortholeException;
import dev.porthole.core.PortholeException.Kind;
import dev.porthole.core.TunnelState.Phase;
import dev.porthole.core.api.Connector;
import dev.porthole.core.api.Endpoint;
import dev.porthole.core.api.Role;
import dev.porthole.desktop.FakeConnectors;
import dev.porthole.desktop.FakePorthole;
import dev.porthole.desktop.ui.Fx;
import java.util.List;
import java.util.Optional;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;

/** Connectors, activity and projects, clicked. */
class PlacesScreensTest extends WindowTest {
    private void openConnectors() {
        porthole.signedIn();
        porthole.connectors.thisDevice();
        porthole.connectors.other(Connector.Kind.external, "build-server", true);
        open();
        person.clicks("Connectors");
        person.sees("build-server");
    }

    // B-C8
    @Test
    void rotatingAsksAndCancelAndEscSendNothing() {
        openConnectors();

        person.clicks("Rotate credentials of build-server");
        person.sees("The current credential ends immediately");
        person.isAt("Cancel");
        person.presses(KeyCode.ESCAPE);
        person.seesNoMore("The current credential ends immediately");
        person.clicks("Rotate credentials of build-server");
        person.clicks("Cancel");
        person.seesNoMore("The current credential ends immediately");
        assertThat(porthole.calls).noneMatch(call -> call.startsWith("rotate"));

        person.clicks("Rotate credentials of build-server");
        person.clicks("Rotate");
        person.sees("This credential is shown once. Copy it now.");
        person.clicks("Copy credential");
        assertThat(app.outside.copied).containsExactly(FakeConnectors.CREDENTIAL);
        person.clicks("Done");
        person.seesNoMore("shown once");
    }

    // B-C8
    @Test
    void connectionInfoHasEachWayWithItsTextToCopy() {
        openConnectors();

        person.clicks("Show connection info of build-server");
        person.sees("Rotate to reveal a new credential; the current one cannot be shown.");
        person.clicks("Docker");
        person.clicks("Copy the text for Docker");

        assertThat(app.outside.copied).containsExactly("docker run --detach --name porthole-agent\n");
        assertThat(porthole.calls).noneMatch(call -> call.startsWith("rotate"));
    }

    // B-C8
    @Test
    void failureIsAChipOnTheRowThatGoesAwayOnRetry() {
        openConnectors();
        porthole.failure = new PortholeException(Kind.UNREACHABLE, "tunnels.acme.dev does not answer.");

        person.clicks("Show connection info of build-server");
        person.sees("tunnels.acme.dev does not answer.");
        porthole.failure = null;
        person.clicks("Show connection info of build-server");

        person.sees("Connect build-server");
        person.clicks("Done");
        person.seesNoMore("does not answer");
    }

    // B-C1
    @Test
    void newConnectorKeepsWhatWasTypedUntilItWorks() {
        openConnectors();

        person.clicks("New external connector");
        person.isAt("Name, such as build-server");
        person.presses(KeyCode.ENTER);
        person.sees("Type a name, such as build-server.");
        porthole.failure = new PortholeException(Kind.FAILED, "The project has all of its 5 connectors.");
        person.typesInDialog("garage");
        person.presses(KeyCode.ENTER);
        person.sees("The project has all of its 5 connectors.");
        assertThat(person.reads("Name, such as build-server")).isEqualTo("garage");
        porthole.failure = null;
        person.presses(KeyCode.ENTER);

        person.sees("This credential is shown once. Copy it now.");
        person.clicks("Done");
        person.sees("garage");
    }

    @Test
    void deletedConnectorIsGone() {
        openConnectors();

        person.clicks("More for build-server");
        person.clicks("Delete…");
        person.sees("Its credential and its sessions end at once");
        person.clicks("Delete");

        person.seesNoMore("build-server");
        assertThat(porthole.calls).contains("delete connector con_2");
    }

    @Test
    void activityGrowsWhileItIsLookedAt() {
        porthole.signedIn();
        porthole.activity.add("Ada", "tunnel.created", "tun_1", "docs");
        open();
        person.presses(KeyCode.CONTROL, KeyCode.DIGIT6);
        person.sees("made the tunnel docs");

        porthole.activity.add("Grace", "tunnel.deleted", "tun_1", "docs");
        porthole.somethingIsNew();

        person.sees("deleted docs");
    }

    // B-B2, B-B3
    @Test
    void projectsAreSwitchedHereAndByTheCommandLine() {
        porthole.signedIn();
        porthole.projects = List.of(FakePorthole.DOCS, FakePorthole.WEB_SHOP);
        porthole.put(porthole.tunnel("shop", Endpoint.parse("3000"), Phase.READY, ""));
        open();
        person.presses(KeyCode.CONTROL, KeyCode.P);
        person.sees("1 tunnel runs on this computer: shop");

        person.clicks("Work in docs of Acme");
        Fx.until(
                "the rail",
                () -> person.named("Project docs of Acme. Switch project").isPresent());
        assertThat(porthole.calls).noneMatch(call -> call.startsWith("stop"));

        porthole.activeProject.set(Optional.of(FakePorthole.WEB_SHOP));
        Fx.until(
                "the rail again",
                () -> person.named("Project web-shop of Acme. Switch project").isPresent());
        person.finds("Work in docs of Acme");
    }

    // B-B2
    @Test
    void tunnelsOfOtherProjectsRunOnAndAreShownAsTheirs() {
        porthole.signedIn();
        porthole.projects = List.of(FakePorthole.DOCS, FakePorthole.WEB_SHOP);
        porthole.put(porthole.tunnel("shop", Endpoint.parse("3000"), Phase.READY, ""));
        porthole.put(porthole.tunnel("old", Endpoint.parse("3001"), Phase.STOPPED, ""));
        open();
        person.clicks("Tunnels, 2");
        person.sees("old");
        assertThat(person.finds("Also running: shop in Acme / web-shop")).isFalse();

        porthole.activeProject.set(Optional.of(FakePorthole.DOCS));
        person.sees("Also running: shop in Acme / web-shop");
        assertThat(person.finds("Tunnels, 0")).isTrue();
        person.clicks("Work in web-shop of Acme");

        person.seesNoMore("Also running");
        assertThat(porthole.calls).containsExactly("switch to prj_1");
    }

    @Test
    void renamedProjectShowsAtOnce() {
        porthole.signedIn();
        porthole.projects = List.of(FakePorthole.WEB_SHOP);
        open();
        person.presses(KeyCode.CONTROL, KeyCode.P);
        person.sees("active");

        person.clicks("More for web-shop");
        person.clicks("Rename…");
        person.isAt("Name of the project");
        person.typesInDialog("store");
        person.presses(KeyCode.ENTER);

        Fx.until(
                "the rail",
                () -> person.named("Project store of Acme. Switch project").isPresent());
    }

    // B-B2
    @Test
    void leavingNamesWhatStops() {
        porthole.signedIn();
        porthole.projects = List.of(FakePorthole.WEB_SHOP, FakePorthole.DOCS);
        porthole.ownership.roles.put("org_1", Role.member);
        porthole.put(porthole.tunnel("shop", Endpoint.parse("3000"), Phase.READY, ""));
        open();
        person.presses(KeyCode.CONTROL, KeyCode.P);
        person.sees("active");

        person.clicks("More for docs");
        person.clicks("Leave Acme…");
        person.sees("These tunnels stop: shop.");
        person.clicks("Cancel");
        assertThat(porthole.calls).noneMatch(call -> call.startsWith("leave"));
    }

    // B-B2
    @Test
    void anotherServerOrAccountNamesWhatStopsAndNothingStopsBeforeThat() {
        porthole.signedIn();
        porthole.put(porthole.tunnel("shop", Endpoint.parse("3000"), Phase.READY, ""));
        open();

        askToSwitchAccount();
        person.sees("these tunnels stop: shop.");
        person.clicks("Cancel");
        person.seesNoMore("these tunnels stop");

        askToSwitchAccount();
        person.clicks("Go on");
        person.sees("Connect to a server");
        person.clicks("Back to your tunnels");
        person.sees("Listening on this computer");
        assertThat(porthole.calls).noneMatch(call -> call.startsWith("stop") || call.startsWith("sign"));

        askToSwitchAccount();
        person.clicks("Go on");
        person.clicks("Address of the server");
        person.types("other.acme.dev");
        person.presses(KeyCode.ENTER);
        person.sees("Listening on this computer");
        assertThat(porthole.calls).contains("sign in at other.acme.dev");
    }

    private void askToSwitchAccount() {
        person.clicks("Settings and quit");
        person.clicks("Use another server or account…");
    }
}
