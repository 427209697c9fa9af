package dev.porthole.desktop.share;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.core.PortholeException;
import dev.porthole.core.PortholeException.Kind;
import dev.porthole.core.Shareable;
import dev.porthole.core.TunnelState.Phase;
import dev.porthole.core.api.Endpoint;
import dev.porthole.desktop.FakeOutside;
import dev.porthole.desktop.FakePorthole;
import dev.porthole.desktop.ManualTasks;
import java.nio.file.Files;
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

    // B-A12
    @Test
    void ownPublicUrlIsKeptBesideThePortAndConnectsNothing() {
        porthole.ports = List.of(FakePorthole.port(3000, "node", "shop", "Vite", Duration.ofMinutes(2)));
        var following = model.follow();
        var watch = model.watchPorts();
        assertThat(model.sharedNothingProperty().get()).isTrue();

        model.ownUrl().show(model.ports().getFirst());
        assertThat(model.ownUrl().endpointProperty().get()).isEqualTo("localhost:3000");
        model.ownUrl().urlProperty().set("shop.example.com");
        model.ownUrl().save();

        assertThat(outside.copied).containsExactly("https://shop.example.com");
        assertThat(model.ownUrl().openProperty().get()).isFalse();
        assertThat(model.ports()).extracting(PortItem::url).containsExactly("https://shop.example.com");
        assertThat(porthole.calls).noneMatch(call -> call.startsWith("share"));
        assertThat(model.sharedNothingProperty().get()).isFalse();

        porthole.failure = new PortholeException(Kind.FAILED, "config.yml can't be written.");
        model.ownUrl().forget(model.ports().getFirst());
        assertThat(model.ownUrl().openProperty().get()).isTrue();
        assertThat(model.ownUrl().urlProperty().get()).isEqualTo("https://shop.example.com");
        assertThat(model.ownUrl().problemProperty().get()).isEqualTo("config.yml can't be written.");

        porthole.failure = null;
        model.ownUrl().close();
        model.ownUrl().forget(model.ports().getFirst());
        assertThat(model.ownUrl().openProperty().get()).isFalse();
        assertThat(model.ports()).extracting(PortItem::url).containsExactly("");
        watch.close();
        following.close();
    }

    // B-A12
    @Test
    void ownPublicUrlThatIsNoneIsSaidAndKeepsWhatWasTyped() {
        model.ownUrl().show();
        model.ownUrl().endpointProperty().set("3000");
        model.ownUrl().urlProperty().set("ftp://shop.example.com");

        model.ownUrl().save();

        assertThat(model.ownUrl().problemProperty().get()).contains("ftp://shop.example.com", "expected");
        assertThat(model.ownUrl().openProperty().get()).isTrue();
        assertThat(model.ownUrl().urlProperty().get()).isEqualTo("ftp://shop.example.com");
        assertThat(porthole.ownUrls.get()).isEmpty();
    }

    @Test
    void droppedFolderIsShared() throws Exception {
        Path site = Files.createDirectory(folder.resolve("site"));

        model.share(site);

        assertThat(run().request().endpoint()).isEqualTo(Shareable.folder(site));
    }

    @Test
    void typedFolderIsShared() throws Exception {
        Path site = Files.createDirectory(folder.resolve("site"));
        model.inputProperty().set(site.toString());

        model.submit();

        assertThat(run().request().endpoint()).isEqualTo(Shareable.folder(site));
        assertThat(model.inputProperty().get()).isEmpty();
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

    @Test
    void sharedPortThatStopsIsShownFirstAndMendsByItself() {
        porthole.ports = List.of(
                FakePorthole.port(8080, "java", "orders", "Spring Boot", Duration.ofMinutes(1)),
                FakePorthole.port(3000, "node", "shop", "Vite", Duration.ofMinutes(2)));
        porthole.put(porthole.tunnel("shop", Endpoint.parse("3000"), Phase.READY, ""));
        var following = model.follow();
        var watch = model.watchPorts();
        assertThat(model.ports()).noneMatch(PortItem::gone);

        porthole.ports = porthole.ports.subList(0, 1);
        time.timePasses();
        assertThat(model.ports()).extracting(PortItem::title).containsExactly("shop", "orders");
        assertThat(model.ports().getFirst().gone()).isTrue();
        assertThat(model.ports().getFirst().details()).isEqualTo("Vite · node");

        porthole.ports = List.of(FakePorthole.port(3000, "node", "shop", "Vite", Duration.ofSeconds(1)));
        time.timePasses();
        assertThat(model.ports()).singleElement().matches(item -> !item.gone());
        watch.close();
        following.close();
    }

    @Test
    void nothingIsSaidToBeGoneBeforeTheFirstLook() {
        porthole.put(porthole.tunnel("shop", Endpoint.parse("3000"), Phase.READY, ""));

        model.follow().close();

        assertThat(model.ports()).isEmpty();
    }

    @Test
    void portIsSharedUnderANameForATime() {
        porthole.ports = List.of(FakePorthole.port(3000, "node", "shop", "Vite", Duration.ofMinutes(2)));
        model.watchPorts().close();

        assertThat(model.share(model.ports().getFirst(), "Spring-Sale", Expiry.DAY))
                .isEmpty();

        assertThat(run().request().name()).isEqualTo("spring-sale");
        assertThat(run().request().expiresAt()).isEqualTo(FakePorthole.NOW.plus(Duration.ofDays(1)));
    }

    @Test
    void wrongNameIsSaidAndSharesNothing() {
        porthole.ports = List.of(FakePorthole.port(3000, "node", "shop", "Vite", Duration.ofMinutes(2)));
        model.watchPorts().close();

        assertThat(model.share(model.ports().getFirst(), "spring sale", Expiry.NEVER))
                .contains("spring sale", "Expected");

        assertThat(model.runProperty().get()).isEmpty();
    }

    // T-L4
    @Test
    void hostileProcessNameIsShownAsPlainText() {
        porthole.ports = List.of(FakePorthole.port(3000, "evil\u001b[2J\u202e", null, null, Duration.ofSeconds(5)));

        model.watchPorts().close();

        assertThat(model.ports()).extracting(PortItem::title).containsExactly("evil[2J");
    }

    // B-B15
    @Test
    void portOfTwoTunnelsWhoseProgramIsGoneHasOneRow() {
        porthole.put(porthole.tunnel("web", Endpoint.parse("3000"), Phase.READY, ""));
        porthole.put(porthole.tunnel("raw", Endpoint.parse("tcp 3000"), Phase.READY, ""));
        var following = model.follow();

        model.watchPorts().close();

        assertThat(model.ports()).extracting(PortItem::port).containsExactly(3000);
        following.close();
    }

    private ShareRun run() {
        return model.runProperty().get().orElseThrow();
    }
}
