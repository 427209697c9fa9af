package dev.porthole.desktop.links;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.core.discovery.ListeningPort;
import dev.porthole.desktop.FakePorthole;
import dev.porthole.desktop.ManualTasks;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinkViewModelTest {
    private final ManualTasks tasks = new ManualTasks();
    private final List<Integer> shared = new ArrayList<>();

    @TempDir
    private Path folder;

    private FakePorthole porthole;
    private LinkViewModel model;

    @BeforeEach
    @SuppressWarnings("NullAway.Init")
    void signIn() {
        porthole = new FakePorthole(folder).signedIn();
        porthole.ports = List.of(FakePorthole.port(5173, "node", "web-shop", "Vite", Duration.ofMinutes(2)));
        model = new LinkViewModel(porthole, tasks.tasks(), (ListeningPort port) -> shared.add(port.port()));
    }

    @AfterEach
    void letGo() {
        porthole.close();
    }

    // T-L2
    @Test
    void linkAsksAndTheClickShares() {
        model.asked(new DeepLink(5173));
        assertThat(words()).isEqualTo("A link asks to share port 5173 of this computer, where web-shop listens.");
        assertThat(shared).isEmpty();

        tasks.timePasses();
        model.agree();

        assertThat(shared).containsExactly(5173);
        assertThat(model.questionProperty().get()).isEmpty();
    }

    // T-L2
    @Test
    void yesOfTheFirstSecondDoesNotCount() {
        model.asked(new DeepLink(5173));
        model.agree();
        assertThat(shared)
                .as("a click that was meant for what was there before")
                .isEmpty();

        tasks.timePasses();
        model.asked(new DeepLink(22));
        model.agree();
        assertThat(shared).as("nor for the question before").isEmpty();
        assertThat(words()).isEqualTo("A link asks to share port 22 of this computer. Nothing listens there now.");
    }

    // T-L2
    @Test
    void noSharesNothing() {
        model.asked(new DeepLink(5173));
        tasks.timePasses();
        model.refuse();
        model.agree();

        assertThat(shared).isEmpty();
        assertThat(porthole.calls).noneMatch(call -> call.startsWith("share"));
    }

    private String words() {
        return model.questionProperty().get().orElseThrow().words();
    }
}
