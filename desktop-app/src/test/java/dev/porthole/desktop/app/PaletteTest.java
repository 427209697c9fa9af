package dev.porthole.desktop.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.core.TunnelState;
import dev.porthole.core.TunnelState.Phase;
import dev.porthole.core.api.Endpoint;
import dev.porthole.desktop.FakePorthole;
import dev.porthole.desktop.ui.Fx;
import java.util.List;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;

class PaletteTest extends WindowTest {
    private void openWithDocs(Phase phase) {
        porthole.signedIn();
        porthole.projects = List.of(FakePorthole.DOCS, FakePorthole.WEB_SHOP);
        porthole.put(porthole.tunnel("docs", Endpoint.parse("3000"), phase, ""));
        open();
        person.isAt("What do you want to share?");
        person.presses(KeyCode.CONTROL, KeyCode.K);
        person.isAt("What do you want to do?");
    }

    @Test
    void typedShareLeadsToAnAddress() {
        openWithDocs(Phase.STOPPED);

        person.types("share 8080");
        person.sees("Share localhost:8080");
        person.presses(KeyCode.ENTER);

        person.sees("The address is on your clipboard");
        assertThat(porthole.calls).contains("share http://localhost:8080 as null");
    }

    @Test
    void copiesTheAddressOfATunnelAndGivesTheFocusBack() {
        openWithDocs(Phase.READY);

        person.types("copy docs");
        person.sees("Copy address of docs");
        person.presses(KeyCode.ENTER);

        person.isAt("What do you want to share?");
        assertThat(app.outside.copied).containsExactly("https://docs.acme.dev");
    }

    @Test
    void stopsATunnelAtOnceAndTakesItBack() {
        openWithDocs(Phase.READY);

        person.types("stop docs");
        person.sees("Stop docs");
        person.presses(KeyCode.ENTER);

        person.sees("Stopped docs");
        assertThat(porthole.calls).contains("stop tun_1");
        person.presses(KeyCode.CONTROL, KeyCode.Z);
        person.seesNoMore("Stopped docs");
        Fx.until("the tunnel on again", () -> phaseOf("tun_1") == Phase.READY);
    }

    // B-B2
    @Test
    void switchesTheProject() {
        openWithDocs(Phase.READY);

        person.types("switch docs");
        person.sees("Switch to docs");
        person.presses(KeyCode.ENTER);

        Fx.until("the project", () -> porthole.calls.contains("switch to prj_2"));
        assertThat(porthole.calls).noneMatch(call -> call.startsWith("stop"));
    }

    @Test
    void escLeavesEverythingAsItWas() {
        openWithDocs(Phase.READY);

        person.types("stop");
        person.presses(KeyCode.ESCAPE);

        person.isAt("What do you want to share?");
        assertThat(porthole.calls).noneMatch(call -> call.startsWith("stop"));
    }

    @Test
    void questionMarkListsTheKeysButIsTypedInAField() {
        porthole.signedIn();
        open();
        person.isAt("What do you want to share?");
        person.types("?");
        assertThat(person.finds("Keyboard shortcuts")).isFalse();
        assertThat(person.reads("What do you want to share?")).isEqualTo("?");

        person.presses(KeyCode.CONTROL, KeyCode.DIGIT2);
        person.isAt("Tunnels, 0");
        person.types("?");

        person.sees("Do anything");
        person.presses(KeyCode.ESCAPE);
        person.seesNoMore("Do anything");
    }

    private Phase phaseOf(String id) {
        return porthole.tunnels.get().stream()
                .filter(state -> state.tunnel().id().equals(id))
                .map(TunnelState::phase)
                .findFirst()
                .orElseThrow();
    }
}
