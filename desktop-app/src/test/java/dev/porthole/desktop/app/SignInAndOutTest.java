package dev.porthole.desktop.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.core.PortholeException;
import dev.porthole.core.PortholeException.Kind;
import dev.porthole.core.SignIn;
import dev.porthole.core.TunnelState.Phase;
import dev.porthole.core.api.Endpoint;
import dev.porthole.desktop.FakePorthole;
import dev.porthole.desktop.ui.Fx;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;

class SignInAndOutTest extends WindowTest {
    // B-A11, B-B4
    @Test
    void endedSignInIsRenewedInPlaceAndTheShareGoesOn() {
        porthole.signedIn();
        open();
        porthole.failure = new PortholeException(Kind.NOT_SIGNED_IN, "Your sign-in has ended.");

        person.clicks("What do you want to share?");
        person.types("8080");
        person.presses(KeyCode.ENTER);
        person.sees("Your sign-in has ended.");
        porthole.failure = null;
        person.clicks("Sign in again");

        person.sees("The address is on your clipboard");
        assertThat(porthole.calls)
                .containsSubsequence("sign in at https://tunnels.acme.dev", "share http://localhost:8080 as null");
    }

    // B-A11
    @Test
    void endedSignInOfThisComputerNeedsNoBrowser() {
        porthole.signedIn();
        porthole.signIn.set(new SignIn.Expired(FakePorthole.SERVER, FakePorthole.ADA, true));
        open();

        person.seesNoMore("has ended");
        assertThat(app.outside.opened).isEmpty();
        assertThat(porthole.signIn.get()).isInstanceOf(SignIn.SignedIn.class);
    }

    // B-B2
    @Test
    void signingOutSaysWhatStopsAndCanBeCancelled() {
        porthole.signedIn();
        porthole.put(porthole.tunnel("docs", Endpoint.parse("3000"), Phase.READY, ""));
        porthole.put(porthole.tunnel("shop", Endpoint.parse("3001"), Phase.STOPPED, ""));
        open();
        person.presses(KeyCode.CONTROL, KeyCode.COMMA);
        person.clicks("Server and account");

        person.clicks("Sign out…");
        person.sees("These tunnels stop: docs.");
        person.clicks("Cancel");
        person.seesNoMore("These tunnels stop");
        assertThat(porthole.calls).doesNotContain("sign out");

        person.clicks("Sign out…");
        person.clicks("Sign out");
        person.sees("Share a port with the world");
        assertThat(porthole.calls).contains("sign out");
    }

    // B-B14
    @Test
    void closingKeepsTunnelsAndSaysSoOnce() {
        porthole.signedIn();
        porthole.put(porthole.tunnel("docs", Endpoint.parse("3000"), Phase.READY, ""));
        open();

        Fx.run(app::close);
        person.clicks("Got it");
        person.seesNoMore("Closing the window keeps your tunnels running");
        Fx.run(app::close);

        assertThat(person.finds("Got it")).isFalse();
        assertThat(app.exited.getCount()).isEqualTo(1);
        assertThat(porthole.calls).noneMatch(call -> call.startsWith("stop"));
    }

    @Test
    void closingWithNothingSharedEndsTheApp() throws Exception {
        porthole.signedIn();
        open();

        Fx.run(app::close);

        app.exited.await();
        assertThat(app.stage.isShowing()).isFalse();
    }
}
