package dev.porthole.desktop.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.core.PortholeException;
import dev.porthole.core.PortholeException.Kind;
import dev.porthole.desktop.FakePorthole;
import java.time.Duration;
import java.util.List;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;

class FirstRunTest extends WindowTest {
    // B-A1, B-B13
    @Test
    void twoClicksLeadToAnAddressOnTheClipboard() {
        porthole.ports = List.of(FakePorthole.port(3000, "node", "shop", "Vite", Duration.ofMinutes(2)));
        open();

        person.clicks("Use this computer");
        person.clicks("Share shop, port 3000");

        person.sees("The address is on your clipboard");
        person.sees("https://shop.acme.dev");
        assertThat(app.outside.copied).containsExactly("https://shop.acme.dev");
        assertThat(porthole.calls).contains("switch to prj_1");
    }

    // B-B15
    @Test
    void serverThatDoesNotAnswerKeepsWhatWasTyped() {
        porthole.failure = new PortholeException(Kind.UNREACHABLE, "tunnels.acme.dev does not answer.");
        open();

        person.clicks("Address of the server");
        person.types("tunnels.acme.dev");
        person.clicks("Continue");

        person.sees("tunnels.acme.dev does not answer.");
        assertThat(person.reads("Address of the server")).isEqualTo("tunnels.acme.dev");
        porthole.failure = null;
        person.clicks("Continue");
        person.sees("Listening on this computer");
    }

    // B-B10
    @Test
    void addressIsCheckedWhileItIsTyped() {
        open();

        person.clicks("Address of the server");
        person.types("http://tunnels.acme.dev");

        person.sees("Plain http works only for this computer");
        person.clicks("Continue");
        assertThat(porthole.calls).isEmpty();
    }

    @Test
    void keyboardAloneLeadsToAnAddress() {
        open();

        person.isAt("Use this computer");
        person.presses(KeyCode.SPACE);
        person.isAt("What do you want to share?");
        person.types("8080");
        person.presses(KeyCode.ENTER);
        person.sees("The address is on your clipboard");
        person.isAt("Copy address of localhost:8080");
        person.presses(KeyCode.SPACE);
        person.presses(KeyCode.CONTROL, KeyCode.DIGIT2);

        person.sees("→ localhost:8080");
        assertThat(app.outside.copied)
                .containsExactly("https://c0ffee00c0de.acme.dev", "https://c0ffee00c0de.acme.dev");
    }
}
