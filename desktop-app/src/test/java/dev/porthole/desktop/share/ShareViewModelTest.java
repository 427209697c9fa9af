package dev.porthole.desktop.share;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.core.PortholeException;
import dev.porthole.core.PortholeException.Kind;
import dev.porthole.desktop.FakeOutside;
import dev.porthole.desktop.FakePorthole;
import dev.porthole.desktop.ManualTasks;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShareViewModelTest {
    private final ManualTasks time = new ManualTasks();
    private final FakeOutside outside = new FakeOutside();
    private final List<Runnable> interrupted = new ArrayList<>();

    @TempDir
    private Path folder;

    private FakePorthole porthole;
    private ShareViewModel model;

    @BeforeEach
    void signedIn() {
        porthole = new FakePorthole(folder).signedIn();
        model = new ShareViewModel(
                porthole, time.tasks(), outside, InstantSource.fixed(FakePorthole.NOW), interrupted::add);
    }

    // B-B10
    @Test
    void wrongEndpointIsSaidBesideTheFieldAndStays() {
        model.inputProperty().set("localhost:70000");

        model.submit();

        assertThat(model.inputProblemProperty().get()).contains("localhost:70000", "expected");
        assertThat(model.inputProperty().get()).isEqualTo("localhost:70000");
        assertThat(porthole.calls).isEmpty();
    }

    // B-B13
    @Test
    void readyShareIsOnTheClipboard() {
        model.inputProperty().set("8080");

        model.submit();

        assertThat(run().stateProperty().get()).isInstanceOf(ShareRun.State.Ready.class);
        assertThat(outside.copied).containsExactly("https://c0ffee00c0de.acme.dev");
    }

    // B-A11
    @Test
    void endedSignInIsRenewedAndTheShareGoesOn() {
        porthole.failure = new PortholeException(Kind.NOT_SIGNED_IN, "Your sign-in has ended.");
        model.inputProperty().set("8080");
        model.submit();
        assertThat(run().stateProperty().get()).isEqualTo(new ShareRun.State.Failed("Your sign-in has ended.", true));

        model.signInAndRetry(run());
        porthole.failure = null;
        interrupted.forEach(Runnable::run);

        assertThat(run().stateProperty().get()).isInstanceOf(ShareRun.State.Ready.class);
    }

    @Test
    void portsAreLookedAtOnlyWhileWatched() {
        porthole.ports = List.of(FakePorthole.port(3000, "node", "shop", "Vite", Duration.ofMinutes(2)));
        var watch = model.watchPorts();
        assertThat(model.ports()).extracting(PortItem::title).containsExactly("shop");
        assertThat(time.waits()).isEqualTo(1);

        porthole.ports = List.of();
        time.timePasses();
        assertThat(model.ports()).isEmpty();

        watch.close();
        assertThat(time.waits()).isZero();
    }

    // T-L4
    @Test
    void hostileProcessNameIsShownAsPlainText() {
        porthole.ports = List.of(FakePorthole.port(3000, "evil\u001b[2J\u202e", null, null, Duration.ofSeconds(5)));

        model.watchPorts().close();

        assertThat(model.ports()).extracting(PortItem::title).containsExactly("evil[2J");
    }

    private ShareRun run() {
        return model.runProperty().get().orElseThrow();
    }
}
