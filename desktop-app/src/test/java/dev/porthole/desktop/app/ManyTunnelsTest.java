package dev.porthole.desktop.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.core.TunnelState;
import dev.porthole.core.TunnelState.Phase;
import dev.porthole.core.api.Endpoint;
import dev.porthole.desktop.ui.Fx;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javafx.scene.Node;
import javafx.scene.control.ListView;
import org.junit.jupiter.api.Test;

/** A list costs what is on the screen, not what is in it. */
class ManyTunnelsTest extends WindowTest {
    private static final int TUNNELS = 100;

    private void openWithMany() {
        porthole.signedIn();
        porthole.tunnels.set(IntStream.range(0, TUNNELS)
                .mapToObj(number ->
                        porthole.tunnel("shop-" + number, Endpoint.parse("" + (3000 + number)), Phase.READY, ""))
                .toList());
        open();
        person.clicks("Tunnels, 100");
        person.sees("shop-3");
    }

    // B-B15
    @Test
    void hundredTunnelsHaveRowsForAWindowfulOnly() {
        openWithMany();

        int atTop = Fx.call(() -> rows().size());
        Fx.run(() -> list().scrollTo(TUNNELS - 1));
        person.sees("shop-99");

        assertThat(atTop).isBetween(5, 25);
        assertThat(Fx.call(() -> rows().size())).isBetween(5, 25);
        assertThat(porthole.traffic.size()).as("followed traffic").isLessThan(50);
    }

    // B-B3
    @Test
    void newsOfOneTunnelTouchNoOtherRow() {
        openWithMany();
        Set<Node> before = Fx.call(this::rows);
        TunnelState third = porthole.tunnels.get().get(2);

        Fx.run(() -> porthole.put(new TunnelState(third.tunnel(), true, Phase.ENDPOINT_DOWN, "")));
        person.sees("Nothing listens on localhost:3002");

        Set<Node> after = Fx.call(this::rows);
        assertThat(after.stream().filter(row -> !before.contains(row)).count())
                .as("rows that were made anew")
                .isLessThanOrEqualTo(1);
    }

    private Set<Node> rows() {
        return SceneWalk.of(app.stage.getScene()).stream()
                .filter(node -> node.getStyleClass().contains("tunnel-row"))
                .collect(Collectors.toSet());
    }

    private ListView<?> list() {
        return (ListView<?>) app.stage.getScene().lookup("#tunnels-list");
    }
}
