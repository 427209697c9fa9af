package dev.porthole.desktop.tunnels;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.core.OwnUrl;
import dev.porthole.core.PortholeException;
import dev.porthole.core.PortholeException.Kind;
import dev.porthole.core.TunnelState.Phase;
import dev.porthole.core.api.Endpoint;
import dev.porthole.core.observe.Subscription;
import dev.porthole.desktop.FakeOutside;
import dev.porthole.desktop.FakePorthole;
import dev.porthole.desktop.ManualTasks;
import dev.porthole.desktop.tunnels.TunnelSettingsViewModel.Host;
import dev.porthole.desktop.ui.Undo;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TunnelSettingsTest {
    private static final Endpoint SHOP = Endpoint.parse("3000");
    private static final URI OWN = URI.create("https://shop.example.com");

    private final ManualTasks time = new ManualTasks();
    private final List<Runnable> interrupted = new ArrayList<>();

    @TempDir
    private Path folder;

    private FakePorthole porthole;
    private TunnelsViewModel tunnels;
    private Subscription following;

    @BeforeEach
    void signedIn() {
        porthole = new FakePorthole(folder).signedIn();
        porthole.put(porthole.tunnel("shop", SHOP, Phase.READY, ""));
        tunnels = new TunnelsViewModel(
                porthole, time.tasks(), new FakeOutside(), new Undo(time.tasks()), interrupted::add);
        following = tunnels.follow();
        porthole.calls.clear();
    }

    @AfterEach
    void release() {
        following.close();
    }

    private TunnelSettingsViewModel settings() {
        return tunnels.settings(tunnels.item("tun_1").getValue());
    }

    // B-A12
    @Test
    void ownUrlDisconnectsAndIsShown() {
        TunnelSettingsViewModel settings = settings();
        settings.ownProperty().set(true);
        settings.ownUrlProperty().set("shop.example.com");

        settings.save();

        assertThat(porthole.calls).containsExactly("own http://localhost:3000 https://shop.example.com");
        TunnelItem item = tunnels.item("tun_1").getValue();
        assertThat(item.on()).isFalse();
        assertThat(item.url()).isEqualTo("https://shop.example.com");
        assertThat(item.word()).isEqualTo("own address");
    }

    // B-A12
    @Test
    void switchingBackConnectsWhenSaved() {
        porthole.ownUrls.set(Map.of(SHOP, new OwnUrl(OWN, false)));
        TunnelSettingsViewModel settings = settings();
        assertThat(settings.ownProperty().get()).isTrue();

        settings.ownProperty().set(false);
        assertThat(porthole.calls).as("not before it is saved").isEmpty();
        settings.save();

        assertThat(porthole.calls).contains("enable tun_1");
        assertThat(porthole.ownUrls.get()).isEmpty();
        assertThat(tunnels.item("tun_1").getValue().url()).isEqualTo("https://shop.acme.dev");
    }

    // B-A12
    @Test
    void savingWhileConnectedDoesNothing() {
        settings().save();

        assertThat(porthole.calls).isEmpty();
    }

    // B-A13
    @Test
    void publicUrlFromOutsideShowsAsSuchAndIsNotOverwritten() {
        porthole.publicUrl = URI.create("https://outside.example.com");
        porthole.ownUrls.set(Map.of(SHOP, new OwnUrl(porthole.publicUrl, true)));

        TunnelSettingsViewModel settings = settings();
        settings.save();

        assertThat(settings.isOwnUrlFromOutside()).isTrue();
        assertThat(settings.ownUrlProperty().get()).isEqualTo("https://outside.example.com");
        assertThat(porthole.calls).isEmpty();
    }

    // B-B15
    @Test
    void whatIsWrongIsSaidAndWhatWasTypedStays() {
        TunnelSettingsViewModel settings = settings();
        settings.labelProperty().set("web-shop");
        settings.endpointProperty().set("localhost:70000");

        settings.save();

        assertThat(settings.problemProperty().get()).contains("localhost:70000", "expected");
        assertThat(settings.endpointProperty().get()).isEqualTo("localhost:70000");
        assertThat(porthole.calls).isEmpty();

        settings.endpointProperty().set("3001");
        settings.save();
        assertThat(settings.problemProperty().get()).isEmpty();
        assertThat(porthole.calls).containsExactly("update tun_1 web-shop http://localhost:3001");
    }

    // B-B11
    @Test
    void onlyWhatDiffersIsSent() {
        TunnelSettingsViewModel settings = settings();
        settings.hostProperty().set(Host.FIXED);
        settings.hostNameProperty().set("shop.test");
        settings.timeoutProperty().set("5m");
        settings.expiryProperty().set(Expiry.IN_A_DAY);

        settings.save();
        settings.save();

        assertThat(porthole.calls)
                .containsExactly("show tun_1 shop.test", "expire tun_1 " + FakePorthole.NOW.plus(Duration.ofDays(1)));
        assertThat(porthole.config().config().get().endpointTimeout(SHOP.toString()))
                .contains("5m");
        assertThat(settings.savedProperty().get()).isTrue();
    }

    // B-B4
    @Test
    void endedSignInIsRenewedAndSavingGoesOn() {
        porthole.failure = new PortholeException(Kind.NOT_SIGNED_IN, "Your sign-in has ended.");
        TunnelSettingsViewModel settings = settings();
        settings.labelProperty().set("web-shop");
        settings.save();
        assertThat(settings.labelProperty().get()).isEqualTo("web-shop");

        porthole.failure = null;
        interrupted.forEach(Runnable::run);

        assertThat(tunnels.item("tun_1").getValue().label()).isEqualTo("web-shop");
    }
}
