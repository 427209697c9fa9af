package dev.porthole.server.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RequestTurnsTest {
    private static final int FLOOD = 100;

    private final EmbeddedChannel channel = new EmbeddedChannel();
    private long now;
    private final RequestTurns turns = new RequestTurns(channel.eventLoop(), () -> now);
    private final List<String> begun = new ArrayList<>();
    private final Deque<RequestTurns.Turn> unanswered = new ArrayDeque<>();
    private final List<Runnable> parked = new ArrayList<>();

    @BeforeEach
    void freeze() {
        channel.freezeTime();
    }

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
        assertThat(begun).hasSize(1 + RequestTurns.IN_A_ROUND);
        ask("neighbour", 1);
        assertThat(begun.getLast()).isEqualTo("neighbour");
    }

    // T-R5
    @Test
    void anAnswerMakesRoomForOneMore() {
        ask("neighbour", 1);
        ask("flooded", FLOOD);
        RequestTurns.Turn answered = unanswered.getLast();
        answered.end();
        answered.end();
        channel.runScheduledPendingTasks();
        assertThat(begun).hasSize(1 + RequestTurns.IN_A_ROUND + 1);
    }

    // T-R5
    @Test
    void appThatTakesItsTimeIsNotServedOneByOne() {
        ask("neighbour", 1);
        ask("flooded", FLOOD);
        pass(RequestTurns.ROUND_NANOS);
        assertThat(begun).hasSize(1 + 2 * RequestTurns.IN_A_ROUND);
        // Those of the round before are forgotten: their answers make no more room.
        unanswered.removeFirst().end();
        unanswered.removeFirst().end();
        channel.runScheduledPendingTasks();
        assertThat(begun).hasSize(1 + 2 * RequestTurns.IN_A_ROUND);
    }

    // T-R5
    @Test
    void everyRequestBeginsOnceInTheEnd() {
        ask("neighbour", 1);
        ask("flooded", FLOOD);
        passUntilNobodyWaits();
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
        pass(RequestTurns.ROUND_NANOS);
        assertThat(begun).hasSize(1 + RequestTurns.IN_A_ROUND);
    }

    // T-R5
    @Test
    void turnsEndSoonAfterTheLastNeighbour() {
        ask("neighbour", 1);
        ask("flooded", FLOOD);
        passUntilNobodyWaits();
        now += RequestTurns.SEVERAL_NANOS;
        begun.clear();
        ask("flooded", FLOOD);
        assertThat(begun).hasSize(FLOOD);
    }

    private void ask(String tunnel, int count) {
        for (int request = 0; request < count; request++) {
            RequestTurns.Turn turn = turns.begin(tunnel);
            if (turn != null) {
                begin(tunnel, turn);
            } else {
                parked.add(turns.await(tunnel, later -> begin(tunnel, later)));
            }
        }
    }

    private void begin(String tunnel, RequestTurns.Turn turn) {
        begun.add(tunnel);
        unanswered.add(turn);
    }

    private void pass(long nanos) {
        now += nanos;
        channel.advanceTimeBy(nanos, TimeUnit.NANOSECONDS);
        channel.runScheduledPendingTasks();
    }

    private void passUntilNobodyWaits() {
        while (turns.waiting() > 0) {
            pass(RequestTurns.ROUND_NANOS);
        }
    }
}
