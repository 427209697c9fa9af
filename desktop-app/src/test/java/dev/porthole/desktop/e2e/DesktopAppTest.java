package dev.porthole.desktop.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.core.Porthole;
import dev.porthole.core.PortholeException;
import dev.porthole.core.SignIn;
import dev.porthole.core.config.PortholeHome;
import dev.porthole.desktop.FakeOutside;
import dev.porthole.desktop.app.Person;
import dev.porthole.desktop.app.RealApp;
import dev.porthole.desktop.signin.EmbeddedStart;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;

/** The app, clicked, in front of a real core and a real server: from the first screen to bytes and back. */
class DesktopAppTest {
    // B-A1, B-B13
    @Test
    void clicksFromFirstRunShareAPortAndStopIt() throws Exception {
        try (World world = World.start();
                LocalApp local = LocalApp.saying("hello from the port")) {
            Porthole porthole =
                    Porthole.open(PortholeHome.in(world.folder().resolve("app")), Porthole.Options.of("test"));
            FakeOutside outside = new FakeOutside();
            try (RealApp app = RealApp.open(porthole, ownerOf(world, porthole), outside)) {
                Person person = app.person;
                String endpoint = "localhost:" + local.port();

                person.clicks("Use this computer");
                person.clicks("What do you want to share?");
                person.types(String.valueOf(local.port()));
                person.presses(KeyCode.ENTER);
                person.sees("The address is on your clipboard");
                String address = outside.copied.getLast();
                assertThat(Visitor.get(address, "/").text()).isEqualTo("hello from the port");

                person.clicks("Tunnels, 1");
                person.sees("→ " + endpoint);
                String label = porthole.listTunnels().getFirst().tunnel().label();
                person.clicks(label + ": ready. On or off");
                person.sees("off");
                assertThat(Visitor.get(address, "/").status()).isEqualTo(503);
            }
        }
    }

    private static EmbeddedStart ownerOf(World world, Porthole porthole) {
        return new EmbeddedStart() {
            @Override
            public SignIn.SignedIn start() throws PortholeException {
                return world.signIn(porthole);
            }

            @Override
            public void resume() {}
        };
    }
}
