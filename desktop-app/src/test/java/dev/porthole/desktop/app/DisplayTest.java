package dev.porthole.desktop.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.core.TunnelState.Phase;
import dev.porthole.core.api.Endpoint;
import dev.porthole.desktop.FakePorthole;
import dev.porthole.desktop.signin.EmbeddedStart;
import dev.porthole.desktop.ui.Fx;
import java.nio.file.Path;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxToolkit;

/** What only a real screen can show: GTK's windows, its mouse and keyboard, and the system's clipboard. */
@Tag("display")
class DisplayTest {
    private static final EmbeddedStart NO_SERVER = new EmbeddedStart() {
        @Override
        public dev.porthole.core.SignIn.SignedIn start() {
            throw new UnsupportedOperationException("nobody asks for this computer's server here");
        }

        @Override
        public void resume() {}
    };

    private static final int PULSE_MILLIS = 16;

    @TempDir
    private Path folder;

    private FakePorthole porthole;

    @BeforeEach
    void signedIn() {
        porthole = new FakePorthole(folder).signedIn();
    }

    @AfterEach
    void goOn() {
        porthole.goOn();
    }

    // B-B13
    @Test
    void sharedAddressIsOnTheSystemsClipboard() throws Exception {
        try (RealApp app = RealApp.open(porthole, NO_SERVER, new DesktopOutside(address -> true))) {
            app.person.isAt("What do you want to share?");
            app.person.types("8080");
            app.person.presses(KeyCode.ENTER);

            app.person.sees("The address is on your clipboard");
            assertThat(Fx.call(() -> Clipboard.getSystemClipboard().getString()))
                    .isEqualTo("https://c0ffee00c0de.acme.dev");
        }
    }

    // B-B15
    @Test
    void questionIsAWindowThatEscCloses() throws Exception {
        porthole.put(porthole.tunnel("docs", Endpoint.parse("3000"), Phase.READY, ""));
        try (RealApp app = RealApp.open(porthole, NO_SERVER, new DesktopOutside(address -> true))) {
            app.person.clicks("Tunnels, 1");
            app.person.clicks("More for docs");
            app.person.clicks("Delete…");
            app.person.sees("Delete docs?");
            app.person.isAt("Cancel");
            app.person.presses(KeyCode.ESCAPE);

            app.person.seesNoMore("Delete docs?");
            assertThat(porthole.calls).noneMatch(call -> call.startsWith("delete"));
        }
    }

    @Test
    void pulseRestsWhileNothingMovesAndWakesForTheNextPicture() throws Exception {
        FxToolkit.registerPrimaryStage();
        Semaphore rests = new Semaphore(0);
        RestingPulse pulse = Fx.call(() -> RestingPulse.install(rests::release).orElseThrow());
        try (RealApp app = RealApp.open(porthole, NO_SERVER, new DesktopOutside(address -> true))) {
            // The toolkit that runs already has started its own timer, not this one.
            pulse.start(PULSE_MILLIS);
            app.person.isAt("What do you want to share?");
            // With a caret in the field.
            app.hide();
            assertThat(rests.tryAcquire(20, TimeUnit.SECONDS)).as("it rests").isTrue();

            app.show();
            app.person.isAt("What do you want to share?");
            app.person.types("8080");
            app.person.presses(KeyCode.ENTER);
            app.person.sees("The address is on your clipboard");
            rests.drainPermits();
            app.hide();
            assertThat(rests.tryAcquire(20, TimeUnit.SECONDS))
                    .as("it rests again")
                    .isTrue();
        }
    }
}
