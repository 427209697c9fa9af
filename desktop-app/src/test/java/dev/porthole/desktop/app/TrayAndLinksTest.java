package dev.porthole.desktop.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.core.TunnelState.Phase;
import dev.porthole.core.api.Endpoint;
import dev.porthole.desktop.FakePorthole;
import dev.porthole.desktop.links.DeepLink;
import dev.porthole.desktop.ui.Fx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.stage.WindowEvent;
import org.junit.jupiter.api.Test;

/** What the tray and links do to the window. */
class TrayAndLinksTest extends WindowTest {
    private final BooleanProperty tray = new SimpleBooleanProperty(true);
    private final List<String> explained = new ArrayList<>();

    private void openWithTray() {
        porthole.signedIn();
        open();
        Fx.run(() -> app.window.hideInTray(tray, () -> explained.add("in the tray")));
    }

    private void closeWindow() {
        Fx.run(() -> app.stage.fireEvent(new WindowEvent(app.stage, WindowEvent.WINDOW_CLOSE_REQUEST)));
    }

    // B-B14
    @Test
    void closingHidesTheWindowInTheTrayAndSaysSoOnce() {
        openWithTray();
        porthole.put(porthole.tunnel("docs", Endpoint.parse("3000"), Phase.READY, ""));

        closeWindow();
        assertThat(app.stage.isShowing()).isFalse();
        Fx.run(app.window::bringToFront);
        person.sees("Closing the window keeps Porthole in the tray");
        person.clicks("Got it");
        closeWindow();
        Fx.run(app.window::bringToFront);

        assertThat(person.finds("Got it")).isFalse();
        assertThat(explained).containsExactly("in the tray");
        assertThat(app.exited.getCount()).isEqualTo(1);
        assertThat(porthole.calls).noneMatch(call -> call.startsWith("stop"));
    }

    // B-B14
    @Test
    void panelThatIsGoneDoesNotTakeTheWindowWithIt() {
        openWithTray();
        closeWindow();

        Fx.run(() -> {
            tray.set(false);
            app.window.showMinimised();
        });

        assertThat(app.stage.isShowing()).isTrue();
        assertThat(app.stage.isIconified()).isTrue();
    }

    // B-B14
    @Test
    void quittingFromTheTrayAsksOverTheWindow() {
        openWithTray();
        porthole.put(porthole.tunnel("docs", Endpoint.parse("3000"), Phase.READY, ""));
        closeWindow();

        Fx.run(app.window::quit);

        person.sees("Quit Porthole?");
        person.clicks("Cancel");
        assertThat(app.exited.getCount()).isEqualTo(1);
    }

    // T-L2
    @Test
    void linkAsksInTheWindowAndTheClickShares() {
        porthole.ports = List.of(FakePorthole.port(5173, "node", "web-shop", "Vite", Duration.ofMinutes(2)));
        porthole.signedIn();
        open();

        Fx.run(() -> app.app.links().asked(new DeepLink(5173)));
        person.sees("A link asks to share port 5173 of this computer, where web-shop listens.");
        assertThat(porthole.calls).noneMatch(call -> call.startsWith("share"));
        Fx.run(app::timePasses);
        person.clicks("Share it");

        person.sees("The address is on your clipboard");
        assertThat(porthole.calls).contains("share http://localhost:5173 as web-shop");
        assertThat(person.finds("Share it")).isFalse();
    }

    // T-L2
    @Test
    void refusedLinkSharesNothing() {
        porthole.signedIn();
        open();

        Fx.run(() -> app.app.links().asked(new DeepLink(22)));
        person.clicks("Not now");

        person.seesNoMore("A link asks");
        assertThat(porthole.calls).noneMatch(call -> call.startsWith("share"));
    }
}
