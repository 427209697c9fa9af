package dev.porthole.core.wire.http2;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ReceiveWindowTest {
    private static final int FIRST = ReceiveWindow.FIRST_BYTES;
    private static final int MOST = 16 * FIRST;
    private static final long MOMENT = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long AGES = TimeUnit.SECONDS.toNanos(2);

    private final WindowBudget budget = new WindowBudget(MOST);
    private final ReceiveWindow window = new ReceiveWindow(MOST, budget, 0);
    private long now;

    // T-W4
    @Test
    void fastReaderGetsALargerWindowUpToTheMost() {
        int size = FIRST;
        while (size < MOST) {
            int half = size / 2;
            assertThat(window.takes(half)).isTrue();
            int update = consumed(half, MOMENT);
            assertThat(update).as("at %d", size).isEqualTo(half + Math.min(size, MOST - size));
            size += update - half;
        }
        assertThat(window.takes(MOST / 2)).isTrue();
        assertThat(consumed(MOST / 2, MOMENT)).isEqualTo(MOST / 2);
    }

    // T-W8
    @Test
    void slowReaderKeepsTheFirstWindow() {
        for (int count = 0; count < 100; count++) {
            assertThat(window.takes(FIRST / 2)).isTrue();
            assertThat(consumed(FIRST / 2, AGES)).isEqualTo(FIRST / 2);
        }
        assertThat(budget.take(MOST)).isEqualTo(MOST);
    }

    // T-W8
    @Test
    void readerWhoGetsSlowGivesItBack() {
        assertThat(window.takes(FIRST / 2)).isTrue();
        consumed(FIRST / 2, MOMENT);
        assertThat(budget.take(MOST)).isEqualTo(MOST - FIRST);
        for (int count = 0; count < 64; count++) {
            assertThat(window.takes(FIRST)).isTrue();
            consumed(FIRST, AGES);
        }
        assertThat(budget.take(MOST)).isBetween(FIRST - FIRST / 32, FIRST);
    }

    // T-R5
    @Test
    void withoutABudgetItStaysAsItIs() {
        int others = budget.take(MOST);
        assertThat(window.takes(FIRST / 2)).isTrue();
        assertThat(consumed(FIRST / 2, MOMENT)).isEqualTo(FIRST / 2);
        budget.giveBack(others);
        assertThat(window.takes(FIRST / 2)).isTrue();
        assertThat(consumed(FIRST / 2, MOMENT)).isEqualTo(FIRST / 2 + FIRST);
    }

    @Test
    void endOfTheStreamGivesBackWhatItHad() {
        assertThat(window.takes(FIRST / 2)).isTrue();
        consumed(FIRST / 2, MOMENT);
        window.close();
        assertThat(budget.take(MOST)).isEqualTo(MOST);
    }

    @Test
    void moreThanTheWindowIsNoticed() {
        assertThat(window.takes(FIRST)).isTrue();
        assertThat(window.takes(7)).isFalse();
        assertThat(window.excess()).isEqualTo(7);
    }

    private int consumed(int bytes, long after) {
        now += after;
        return window.consumed(bytes, now);
    }
}
