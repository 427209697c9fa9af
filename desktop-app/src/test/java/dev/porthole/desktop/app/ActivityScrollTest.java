package dev.porthole.desktop.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.desktop.ui.Fx;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;

/** Ten thousand rows: a few dozen cells serve them, and a step of scrolling fits well into a frame. */
class ActivityScrollTest extends WindowTest {
    private static final int ROWS = 10_000;
    private static final double FRAME_MILLIS = 1000.0 / 60;

    @Test
    void tenThousandRowsScrollInAFrameAStep() {
        porthole.signedIn();
        for (int at = 0; at < ROWS; at++) {
            porthole.activity.add(at % 3 == 0 ? "Grace" : "Ada", "tunnel.updated", "tun_" + at, "tunnel " + at);
        }
        open();
        person.presses(KeyCode.CONTROL, KeyCode.DIGIT6);
        Fx.until("rows", () -> !list().getItems().isEmpty());
        while (Fx.call(() -> list().getItems().size()) < ROWS) {
            int before = Fx.call(() -> list().getItems().size());
            Fx.run(() -> list().scrollTo(before - 1));
            Fx.until("the next page", () -> list().getItems().size() > before);
        }
        assertThat(porthole.activity.pages).isEqualTo(ROWS / 200);

        List<Double> millis = new ArrayList<>();
        for (int row = 0; row < ROWS; row += 20) {
            int to = row;
            millis.add(Fx.call(() -> {
                long begin = System.nanoTime();
                list().scrollTo(to);
                list().getScene().getRoot().layout();
                return (System.nanoTime() - begin) / 1e6;
            }));
        }
        Collections.sort(millis);
        double median = millis.get(millis.size() / 2);
        System.out.printf(
                "scrolling 10,000 rows: median %.2f ms, p99 %.2f ms, most %.2f ms a step of 20 rows; %d cells%n",
                median, millis.get(millis.size() * 99 / 100), millis.getLast(), cells());
        assertThat(median).isLessThan(FRAME_MILLIS);
        assertThat(cells()).isLessThan(60);
    }

    private ListView<?> list() {
        return (ListView<?>) app.stage.getScene().lookup("#activity-list");
    }

    private long cells() {
        return Fx.call(() -> count(list()));
    }

    private static long count(Node node) {
        long here = node instanceof ListCell<?> ? 1 : 0;
        return node instanceof Parent parent
                ? here
                        + parent.getChildrenUnmodifiable().stream()
                                .mapToLong(ActivityScrollTest::count)
                                .sum()
                : here;
    }
}
