package dev.porthole.desktop.ui;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.desktop.ManualTasks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class UndoTest {
    private final ManualTasks time = new ManualTasks();
    private final Undo undo = new Undo(time.tasks());
    private final List<String> done = new ArrayList<>();

    private void offer(String what) {
        undo.offer("Deleted " + what, () -> done.add("deleted " + what), () -> done.add(what + " is back"));
    }

    @Test
    void isTakenBackWithinItsTimeAndNeverCommitted() {
        offer("docs");
        assertThat(undo.offerProperty().get()).contains(new Undo.Offer("Deleted docs"));

        undo.takeBack();
        time.timePasses();
        undo.commitNow();

        assertThat(done).containsExactly("docs is back");
        assertThat(undo.offerProperty().get()).isEmpty();
    }

    @Test
    void becomesFinalOnceItsTimeIsOver() {
        offer("docs");
        assertThat(time.delays()).containsExactly(Duration.ofSeconds(10));

        time.timePasses();
        undo.takeBack();

        assertThat(done).containsExactly("deleted docs");
    }

    @Test
    void nextOfferMakesTheOneBeforeFinalAndHasAllOfItsTime() {
        offer("docs");
        offer("blog");
        assertThat(done).containsExactly("deleted docs");
        assertThat(time.waits()).as("the first one's wait is over").isEqualTo(1);

        undo.takeBack();

        assertThat(done).containsExactly("deleted docs", "blog is back");
    }

    @Test
    void quittingCommitsAndWaitsForWhatThatStarted() throws Exception {
        CountDownLatch server = new CountDownLatch(1);
        CountDownLatch quit = new CountDownLatch(1);
        try (ExecutorService background = Executors.newVirtualThreadPerTaskExecutor();
                ExecutorService screen = Executors.newSingleThreadExecutor()) {
            Tasks tasks = new Tasks(background, screen, (delay, then) -> () -> {});
            Undo real = new Undo(tasks);
            List<String> order = java.util.Collections.synchronizedList(new ArrayList<>());
            screen.submit(() -> {
                        real.offer(
                                "Deleted docs",
                                () -> tasks.create(() -> {
                                            server.await();
                                            order.add("deleted");
                                        })
                                        .start(),
                                () -> {});
                        real.finish(() -> {
                            order.add("quit");
                            quit.countDown();
                        });
                    })
                    .get();
            boolean waited = quit.getCount() == 1;
            // Whatever came of it, so that the executors can end.
            server.countDown();
            quit.await();

            assertThat(waited).isTrue();
            assertThat(order).containsExactly("deleted", "quit");
        }
    }

    @Test
    void quittingWithNothingOfferedIsAtOnce() {
        undo.finish(() -> done.add("quit"));

        assertThat(done).containsExactly("quit");
    }
}
