package dev.porthole.desktop.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.core.Link;
import dev.porthole.core.SignIn;
import dev.porthole.core.TunnelState;
import dev.porthole.core.TunnelState.Phase;
import dev.porthole.core.api.Endpoint;
import dev.porthole.core.traffic.Traffic;
import dev.porthole.desktop.FakePorthole;
import dev.porthole.desktop.FakeTraffic;
import dev.porthole.desktop.ui.Fx;
import java.util.List;
import java.util.Optional;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;

class TunnelPageTest extends WindowTest {
    private void openPage(Phase phase, String detail) {
        porthole.signedIn();
        porthole.put(porthole.tunnel("shop", Endpoint.parse("3000"), phase, detail));
        open();
        person.clicks("Tunnels, 1");
        person.clicks("Page of shop");
    }

    // B-B16
    @Test
    void visitorsAndRatesShowAsTheyCome() {
        openPage(Phase.READY, "");
        person.sees("Nobody has visited within the hour");

        Fx.run(() -> porthole.traffic("tun_1").set(FakeTraffic.of(8)));

        person.sees("203.0.113.7");
        person.sees("Safari on iPhone · 4 minutes");
        person.sees("/checkout");
        person.sees("1.2 MB");
        person.sees("Visitors, 2 on now");
    }

    // B-B16
    @Test
    void trafficIsFollowedOnlyWhileItsTunnelIsShown() {
        openPage(Phase.READY, "");
        person.clicks("Share");
        Fx.until("the Share screen", () -> app.app.shell().screenProperty().get() == Screen.SHARE);

        Traffic busy = FakeTraffic.of(8);
        porthole.traffic("tun_1").set(busy);
        person.clicks("Tunnels, 1");

        person.sees("3.6/s");
        assertThat(porthole.traffic("tun_1").get()).isEqualTo(busy);
    }

    // B-B13
    @Test
    void appThatIsGoneIsTriedAgainFromItsPage() {
        openPage(Phase.ENDPOINT_DOWN, "");
        person.sees("Nothing listens on localhost:3000");

        person.clicks("Try again: shop");

        person.sees("ready");
        assertThat(porthole.calls).contains("enable tun_1");
    }

    // B-B13
    @Test
    void endedSignInIsRenewedFromThePage() {
        openPage(Phase.OFFLINE, "The sign-in has ended.");
        porthole.link.set(new Link.SignInNeeded("The sign-in has ended."));

        person.clicks("Sign in again");

        Fx.until("the sign-in", () -> porthole.calls.stream().anyMatch(call -> call.startsWith("sign in at")));
    }

    // B-B13
    @Test
    void stagesAndDetailsAreOnThePage() {
        openPage(Phase.ENDPOINT_DOWN, "");
        person.clicks("Steps");
        person.sees("Name reserved");
        person.sees("Waiting for localhost:3000 to accept connections");

        person.clicks("Show details");
        person.sees("Tunnel tun_1");
    }

    // B-A12
    @Test
    void ownPublicUrlIsChosenByKeyboardAlone() {
        openPage(Phase.READY, "");
        person.clicks("Settings");
        Fx.run(() -> app.stage.getScene().lookup("#settings-own").requestFocus());
        person.presses(KeyCode.SPACE);
        person.presses(KeyCode.TAB);
        person.types("shop.example.com");
        person.presses(KeyCode.ENTER);

        person.sees("Saved");
        person.sees("https://shop.example.com");
        person.sees("own address");
        assertThat(porthole.calls).contains("own http://localhost:3000 https://shop.example.com");
    }

    // B-B15
    @Test
    void codeOfThisComputersOwnServerOffersTheNetworkFirst() {
        porthole.signIn.set(new SignIn.SignedIn(FakePorthole.SERVER, FakePorthole.ADA, true, "in the keychain"));
        porthole.activeProject.set(Optional.of(FakePorthole.WEB_SHOP));
        porthole.put(porthole.tunnel("shop", Endpoint.parse("3000"), Phase.READY, ""));
        open();
        person.clicks("Tunnels, 1");
        person.clicks("More for shop");
        person.clicks("QR code…");
        person.sees("this computer only");

        person.clicks("Make visible in this network");

        person.sees("http://192.168.1.20:20007");
        assertThat(person.finds("QR code of http://192.168.1.20:20007")).isTrue();
        assertThat(porthole.calls).contains("reach tun_1 port true");
    }

    // B-B15
    @Test
    void backAndTheRailsEntryLeadToTheList() {
        openPage(Phase.READY, "");
        person.isAt("Back to all tunnels");
        person.presses(KeyCode.ENTER);
        person.clicks("Page of shop");
        person.isAt("Back to all tunnels");

        person.clicks("Tunnels, 1");

        person.sees("Share a port");
    }

    // B-B3
    @Test
    void tunnelThatAnotherProgramChangesOrDeletesShowsAtOnce() {
        openPage(Phase.READY, "");
        TunnelState now = porthole.tunnels.get().getFirst();

        Fx.run(() -> porthole.put(FakePorthole.withPhase(now, Phase.STOPPED)));
        person.sees("off");

        Fx.run(() -> porthole.tunnels.set(List.of()));
        person.sees("No tunnels yet");
    }

    // B-B15
    @Test
    void severalAreStoppedAtOnce() {
        porthole.signedIn();
        for (String label : List.of("docs", "blog", "wiki")) {
            porthole.put(porthole.tunnel(label, Endpoint.parse("3000"), Phase.READY, ""));
        }
        open();
        person.clicks("Tunnels, 3");
        person.clicks("docs, ready");
        person.presses(KeyCode.SHIFT, KeyCode.DOWN);
        person.sees("2 chosen");

        person.clicks("Stop them");

        Fx.until("both off", () -> porthole.calls.contains("stop tun_1") && porthole.calls.contains("stop tun_2"));
        assertThat(porthole.calls).doesNotContain("stop tun_3");
    }
}
