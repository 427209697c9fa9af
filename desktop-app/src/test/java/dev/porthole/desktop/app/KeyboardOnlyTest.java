package dev.porthole.desktop.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.core.SignIn;
import dev.porthole.core.TunnelState.Phase;
import dev.porthole.core.api.Connector;
import dev.porthole.desktop.FakeConnectors;
import dev.porthole.desktop.FakePorthole;
import dev.porthole.desktop.ui.Fx;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javafx.scene.Node;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;

/** The whole main job, from the first screen to a tunnel that is stopped, with no mouse. */
class KeyboardOnlyTest extends WindowTest {
    @Test
    void keysAloneSignInPickAProjectShareCopyStopUndoAndLookAround() {
        porthole.projects = List.of(FakePorthole.DOCS, FakePorthole.WEB_SHOP);
        open();

        person.isAt("Use this computer");
        tabTo("Address of the server");
        person.types("tunnels.acme.dev");
        person.presses(KeyCode.ENTER);
        person.isAt("Work in docs of Acme");
        person.presses(KeyCode.TAB);
        person.isAt("Work in web-shop of Acme");
        person.presses(KeyCode.SPACE);
        person.isAt("What do you want to share?");
        person.types("8080");
        person.presses(KeyCode.ENTER);
        person.sees("The address is on your clipboard");
        String address = app.outside.copied.getLast();

        person.presses(KeyCode.CONTROL, KeyCode.DIGIT2);
        person.sees("→ localhost:8080");
        tabTo("Copy address of c0ffee00c0de");
        person.presses(KeyCode.SPACE);
        Fx.until("the copy", () -> app.outside.copied.size() > 1);
        assertThat(app.outside.copied).containsOnly(address);

        person.presses(KeyCode.CONTROL, KeyCode.K);
        person.types("stop");
        person.presses(KeyCode.ENTER);
        person.sees("Stopped c0ffee00c0de");
        Fx.until("it off", () -> porthole.tunnels.get().getFirst().phase() == Phase.STOPPED);
        tabTo("Stopped c0ffee00c0de. Undo, Ctrl+Z");
        person.presses(KeyCode.SPACE);
        Fx.until("it on again", () -> porthole.tunnels.get().getFirst().phase() == Phase.READY);

        person.presses(KeyCode.CONTROL, KeyCode.K);
        person.types("switch docs");
        person.presses(KeyCode.ENTER);
        Fx.until("the project", () -> porthole.calls.contains("switch to prj_2"));
        assertThat(porthole.signIn.get()).isInstanceOf(SignIn.SignedIn.class);
    }

    // B-C8
    @Test
    void keysAloneRotateACredentialAndCopyIt() {
        porthole.signedIn();
        porthole.connectors.other(Connector.Kind.external, "build-server", true);
        open();

        person.presses(KeyCode.CONTROL, KeyCode.DIGIT5);
        person.sees("build-server");
        tabTo("Rotate credentials of build-server");
        person.presses(KeyCode.SPACE);
        person.isAt("Cancel");
        tabTo("Rotate");
        person.presses(KeyCode.SPACE);
        person.sees("shown once");
        tabTo("Copy credential");
        person.presses(KeyCode.SPACE);

        Fx.until("the copy", () -> app.outside.copied.contains(FakeConnectors.CREDENTIAL));
        person.presses(KeyCode.ESCAPE);
        person.seesNoMore("shown once");
    }

    /** Goes on with TAB until it is there; in a circle without it, says what was passed. */
    private void tabTo(String name) {
        Fx.until("“" + name + "”", () -> person.named(name).isPresent());
        Set<String> passed = new LinkedHashSet<>();
        for (int steps = 0; steps < 60; steps++) {
            String now = Fx.call(KeyboardOnlyTest::focused);
            if (now.equals(name)) {
                return;
            }
            passed.add(now);
            person.presses(KeyCode.TAB);
        }
        throw new AssertionError("no way by TAB to “" + name + "”, only to " + passed);
    }

    private static String focused() {
        return javafx.stage.Window.getWindows().stream()
                .filter(javafx.stage.Window::isFocused)
                .map(window -> window.getScene().getFocusOwner())
                .filter(node -> node != null)
                .map(KeyboardOnlyTest::nameOf)
                .reduce("nothing", (below, above) -> above);
    }

    private static String nameOf(Node node) {
        if (node.getAccessibleText() != null) {
            return node.getAccessibleText();
        }
        return node instanceof javafx.scene.control.Labeled labeled && labeled.getText() != null
                ? labeled.getText()
                : node.toString();
    }
}
