package dev.porthole.core.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.Test;

class ByteQueueTest {
    private final List<String> asked = new ArrayList<>();
    private final Flow.Subscription subscription = new Flow.Subscription() {
        @Override
        public void request(long pieces) {
            asked.add("request " + pieces);
        }

        @Override
        public void cancel() {
            asked.add("cancel");
        }
    };

    @Test
    void whoClosesLetsGoOfTheRest() {
        ByteQueue queue = new ByteQueue();
        queue.onSubscribe(subscription);
        queue.close();
        assertThat(asked).containsExactly("request 1", "cancel");
    }

    @Test
    void whoClosesBeforeTheBodyBeginsWantsNothingOfIt() {
        ByteQueue queue = new ByteQueue();
        queue.close();
        queue.onSubscribe(subscription);
        assertThat(asked).containsExactly("cancel");
    }
}
