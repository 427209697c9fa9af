package dev.porthole.core.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ObservedTest {
    @Test
    void subscriberHearsTheValueNowAndEachDifferentOneAfterIt() {
        Observed<Integer> value = new Observed<>(1);
        List<Integer> heard = new ArrayList<>();
        try (Subscription _ = value.subscribe(heard::add)) {
            value.set(2);
            value.set(2);
            value.update(now -> now + 1);
        }
        value.set(9);

        assertThat(heard).containsExactly(1, 2, 3);
        assertThat(value.get()).isEqualTo(9);
    }

    @Test
    void viewsJoinEqualResults() {
        Observed<String> value = new Observed<>("one");
        Observable<Integer> length = value.map(String::length);
        List<Integer> heard = new ArrayList<>();
        try (Subscription _ = length.subscribe(heard::add)) {
            value.set("two");
            value.set("three");
        }

        assertThat(heard).containsExactly(3, 5);
        assertThat(length.get()).isEqualTo(5);
    }

    @Test
    void sameObserverTwiceIsTwoSubscriptions() {
        Observed<Integer> value = new Observed<>(0);
        List<Integer> heard = new ArrayList<>();
        Subscription first = value.subscribe(heard::add);
        Subscription second = value.subscribe(heard::add);
        first.close();
        first.close();
        value.set(1);
        second.close();
        value.set(2);

        assertThat(heard).containsExactly(0, 0, 1);
    }

    @Test
    void observerThatAnotherOneUnsubscribedHearsNothingMore() {
        Observed<Integer> value = new Observed<>(0);
        List<Integer> heard = new ArrayList<>();
        List<Subscription> second = new ArrayList<>();
        Subscription _ = value.subscribe(now -> {
            if (now == 1) {
                second.getFirst().close();
            }
        });
        second.add(value.subscribe(heard::add));
        value.set(1);

        assertThat(heard).containsExactly(0);
    }

    @Test
    void changesOfManyThreadsArriveOneAtATimeAndNoneIsLost() throws Exception {
        Observed<Integer> value = new Observed<>(0);
        List<Integer> heard = new ArrayList<>();
        Subscription _ = value.subscribe(heard::add);
        CountDownLatch done = new CountDownLatch(4);
        for (int thread = 0; thread < 4; thread++) {
            Thread _ = Thread.ofVirtual().start(() -> {
                for (int i = 0; i < 250; i++) {
                    value.update(now -> now + 1);
                }
                done.countDown();
            });
        }

        assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(heard).hasSize(1001).isSorted();
        assertThat(value.get()).isEqualTo(1000);
    }
}
