package dev.porthole.desktop.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.core.BlockedHost;
import dev.porthole.core.ShareProgress.Stage;
import dev.porthole.core.TunnelState;
import dev.porthole.core.TunnelState.Phase;
import dev.porthole.core.api.Endpoint;
import dev.porthole.desktop.ui.Fx;
import javafx.css.PseudoClass;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;

class TunnelsScreenTest extends WindowTest {
    private static final PseudoClass BUSY = PseudoClass.getPseudoClass("busy");

    private void openWith(String... labels) {
        porthole.signedIn();
        for (String label : labels) {
            porthole.put(porthole.tunnel(label, Endpoint.parse("3000"), Phase.STOPPED, ""));
        }
        open();
        person.clicks("Tunnels, " + labels.length);
    }

    // B-B15
    @Test
    void switchIsBusyUntilTheTunnelIsReady() {
        porthole.hang = Stage.ROUTED;
        openWith("docs");

        person.clicks("docs: off. On or off");
        person.sees("starting");
        assertThat(Fx.call(() -> isBusy("docs: starting. On or off"))).isTrue();

        porthole.goOn();
        person.sees("ready");
        Fx.until("the switch at rest", () -> !isBusy("docs: ready. On or off"));
        person.clicks("docs: ready. On or off");
        person.sees("off");
        assertThat(porthole.calls).contains("enable tun_1", "stop tun_1");
    }

    @Test
    void stoppedTunnelCanBeTurnedOnAgainFromTheBar() {
        openWith("docs");
        person.clicks("docs: off. On or off");
        person.sees("ready");

        person.clicks("docs: ready. On or off");
        person.sees("Stopped docs");
        person.presses(KeyCode.CONTROL, KeyCode.Z);

        person.sees("ready");
        person.seesNoMore("Stopped docs");
        assertThat(porthole.calls).containsSubsequence("enable tun_1", "stop tun_1", "enable tun_1");
    }

    // B-B15
    @Test
    void escAndCancelDeleteNothing() {
        openWith("docs");

        askToDelete();
        person.presses(KeyCode.ESCAPE);
        person.seesNoMore("Delete docs?");
        askToDelete();
        person.clicks("Cancel");
        person.seesNoMore("Delete docs?");

        assertThat(porthole.calls).noneMatch(call -> call.startsWith("delete"));
    }

    // B-B15
    @Test
    void deletedTunnelIsGone() {
        openWith("docs");

        askToDelete();
        person.isAt("Cancel");
        person.clicks("Delete");

        person.sees("No tunnels yet");
        assertThat(porthole.calls).contains("delete tun_1");
    }

    // B-B15
    @Test
    void addressIsCopiedWithOneClick() {
        openWith("docs");

        person.clicks("Copy address of docs");

        Fx.until(
                "the confirmation",
                () -> person.named("Copied. Copy address of docs").isPresent());
        assertThat(app.outside.copied).containsExactly("https://docs.acme.dev");
    }

    // B-B15
    @Test
    void searchComesWithTheSixthTunnel() {
        openWith("docs", "blog", "admin", "hooks", "wiki");
        assertThat(person.finds("Search name, address, port")).isFalse();

        porthole.put(porthole.tunnel("docs-next", Endpoint.parse("3001"), Phase.STOPPED, ""));
        person.clicks("Search name, address, port");
        person.types("docs");

        person.seesNoMore("wiki");
        assertThat(person.finds("docs")).isTrue();
        assertThat(person.finds("docs-next")).isTrue();
        person.types("-nothing-has-this");
        person.clicks("Clear the search");
        person.sees("wiki");
    }

    @Test
    void appThatRefusesThePublicNameIsShownItsOwnWithOneClick() {
        porthole.signedIn();
        TunnelState vite = porthole.tunnel("docs", Endpoint.parse("5173"), Phase.READY, "");
        porthole.put(vite.with(new BlockedHost("Vite", "server.allowedHosts in vite.config")));
        open();
        person.clicks("Tunnels, 1");

        person.sees("Vite refuses the public name. Show it its own name, or add the public one to"
                + " server.allowedHosts in vite.config.");
        person.clicks("Show docs the name localhost");

        Fx.until("the app's own name", () -> porthole.calls.contains("show tun_1 localhost"));
    }

    // B-B13
    @Test
    void folderThatIsGoneIsSaidAsOne() {
        porthole.signedIn();
        porthole.put(
                porthole.tunnel("photos", Endpoint.parse("file:///home/ada/My%20photos"), Phase.ENDPOINT_DOWN, ""));
        open();
        person.clicks("Tunnels, 1");

        person.sees("folder not there");
        person.sees("The folder /home/ada/My photos is not there any more. Visitors see an error page.");
    }

    private void askToDelete() {
        person.clicks("More for docs");
        person.clicks("Delete…");
        person.sees("Delete docs?");
    }

    private boolean isBusy(String name) {
        return person.named(name)
                .filter(node -> node.getPseudoClassStates().contains(BUSY))
                .isPresent();
    }
}
