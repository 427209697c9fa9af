package dev.porthole.server.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RequestTurnsTest {
    private static final int FLOOD = 100;

    private final EmbeddedChannel channel = new EmbeddedChannel();
    private long now;
    private final RequestTurns turns = new RequestTurns(channel.eventLoop(), () -> now);
    private final List<String> begun = new ArrayList<>();
    private final List<Runnable> parked = new ArrayList<>();

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    // T-R5
    @Test
    void tunnelThatIsAskedForAloneBeginsWhatComes() {
        ask("flooded", FLOOD);
        assertThat(begun).hasSize(FLOOD);
        assertThat(turns.waiting()).isZero();
    }

    // T-R5
    @Test
    void floodedTunnelWaitsForItsTurnsAndItsNeighbourDoesNot() {
        ask("neighbour", 1);
        ask("flooded", FLOOD);
        assertThat(begun).hasSize(1 + RequestTurns.IN_A_TURN);
        ask("neighbour", 1);
        assertThat(begun.getLast()).isEqualTo("neighbour");

        channel.runScheduledPendingTasks();
        assertThat(begun.stream().filter("flooded"::equals)).hasSize(2 * RequestTurns.IN_A_TURN);
    }

    // T-R5
    @Test
    void everyRequestBeginsOnceInTheEnd() {
        ask("neighbour", 1);
        ask("flooded", FLOOD);
        turnUntilNobodyWaits();
        assertThat(begun.stream().filter("flooded"::equals)).hasSize(FLOOD);
    }

    // T-R5
    @Test
    void whoLeavesWaitsNoLonger() {
        ask("neighbour", 1);
        ask("flooded", FLOOD);
        parked.forEach(Runnable::run);
        assertThat(turns.waiting()).isZero();
        parked.forEach(Runnable::run);
        turnUntilNobodyWaits();
        assertThat(begun).hasSize(1 + RequestTurns.IN_A_TURN);
    }

    // T-R5
    @Test
    void turnsEndSoonAfterTheLastNeighbour() {
        ask("neighbour", 1);
        ask("flooded", FLOOD);
        turnUntilNobodyWaits();
        now += RequestTurns.SEVERAL_NANOS;
        begun.clear();
        ask("flooded", FLOOD);
        assertThat(begun).hasSize(FLOOD);
    }

    private void ask(String tunnel, int count) {
        for (int request = 0; request < count; request++) {
            if (turns.mayBegin(tunnel)) {
                begun.add(tunnel);
            } else {
                parked.add(turns.await(tunnel, () -> begun.add(tunnel)));
            }
        }
    }

    private void turnUntilNobodyWaits() {
        while (turns.waiting() > 0) {
            channel.runScheduledPendingTasks();
        }
    }
}
