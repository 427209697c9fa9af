package dev.porthole.desktop.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.core.TunnelState.Phase;
import dev.porthole.core.api.Endpoint;
import dev.porthole.desktop.dbus.OwnBus;
import dev.porthole.desktop.dbus.SessionBus;
import dev.porthole.desktop.links.DeepLink;
import dev.porthole.desktop.tray.FakePanel;
import dev.porthole.desktop.ui.Fx;
import javafx.stage.WindowEvent;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The whole app in the tray of a real bus, with a panel of the test's own. */
@Tag("tools")
class PresenceTest extends WindowTest {
    private Presence present() {
        return Fx.call(() -> new Presence(app.app, app.window, porthole, app.tasks, app.outside, app.clock));
    }

    private void closeWindow() {
        Fx.run(() -> app.stage.fireEvent(new WindowEvent(app.stage, WindowEvent.WINDOW_CLOSE_REQUEST)));
    }

    // B-B14
    @Test
    void trayCopiesOpensTheWindowAndAsksBeforeItQuits() throws Exception {
        porthole.signedIn();
        porthole.put(porthole.tunnel("docs", Endpoint.parse("3000"), Phase.READY, ""));
        open();
        Presence presence = present();
        try (OwnBus bus = OwnBus.start();
                SessionBus session = bus.forTheApp();
                FakePanel panel = new FakePanel(bus.connect(), "org.kde.StatusNotifierWatcher", true)) {
            Fx.run(() -> presence.start(session));
            String icon = panel.nextIcon();
            Fx.until("the icon", () -> presence.trayProperty().get());

            closeWindow();
            assertThat(app.stage.isShowing()).isFalse();
            panel.click(icon, panel.await(icon, "Copy address"));
            Fx.until("the copied address", () -> app.outside.copied.contains("https://docs.acme.dev"));
            panel.click(icon, panel.await(icon, "Open Porthole"));
            Fx.until("the window", () -> app.stage.isShowing());

            closeWindow();
            panel.click(icon, panel.await(icon, "Quit Porthole"));
            person.sees("Quit Porthole?");
            assertThat(app.exited.getCount()).isEqualTo(1);
        }
    }

    // B-B14
    @Test
    void hiddenStartWithoutATrayIsInTheTaskBar() {
        porthole.signedIn();
        open();
        Presence presence = present();
        Fx.run(app.stage::hide);

        Fx.run(presence::startHidden);
        assertThat(app.stage.isShowing()).isFalse();
        Fx.run(app::timePasses);

        assertThat(app.stage.isShowing()).isTrue();
        assertThat(app.stage.isIconified()).isTrue();
    }

    // T-L2
    @Test
    void linkOfAnotherStartBringsTheWindowAndItsQuestion() {
        porthole.signedIn();
        open();
        Presence presence = present();
        Fx.run(app.stage::hide);

        Fx.run(() -> presence.told(new InstanceMessage.Share(new DeepLink(3000))));

        person.sees("A link asks to share port 3000");
        assertThat(app.stage.isShowing()).isTrue();
        assertThat(porthole.calls).noneMatch(call -> call.startsWith("share"));
    }
}
