package dev.porthole.desktop.tunnels;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.core.BlockedHost;
import dev.porthole.core.Link;
import dev.porthole.core.ShareProgress;
import dev.porthole.core.ShareProgress.Stage;
import dev.porthole.core.TunnelState;
import dev.porthole.core.TunnelState.Phase;
import dev.porthole.core.api.Endpoint;
import dev.porthole.desktop.FakePorthole;
import dev.porthole.desktop.ui.Tone;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TunnelStageTest {
    private static final Link CONNECTED = new Link.Connected(2, Duration.ofMillis(18));

    @TempDir
    private Path folder;

    private FakePorthole porthole;

    @BeforeEach
    void makePorthole() {
        porthole = new FakePorthole(folder);
    }

    private TunnelItem item(Phase phase, String detail) {
        return new TunnelItem(porthole.tunnel("shop", Endpoint.parse("3000"), phase, detail));
    }

    private static List<TunnelStage> stages(TunnelItem item, Link link) {
        return TunnelStage.of(item, link, FakePorthole.NOW);
    }

    // B-B13
    @Test
    void readyTunnelHasEveryStageBehindItWithTheTimesOfItsStart() {
        TunnelItem item = item(Phase.READY, "");
        item.reached(new ShareProgress(Stage.ROUTED, ShareProgress.State.DONE, Duration.ofMillis(320), null, null));

        assertThat(stages(item, CONNECTED)).extracting(TunnelStage::tone).containsOnly(Tone.GOOD);
        assertThat(stages(item, CONNECTED).get(2).time()).isEqualTo("0.32 s");
    }

    // B-B13
    @Test
    void appThatIsGoneIsNamedAndCanBeStartedAgain() {
        TunnelItem item = item(Phase.ENDPOINT_DOWN, "");
        item.startedBy("npm run dev");

        TunnelStage stuck = stuck(item, CONNECTED);

        assertThat(stuck.stage()).isEqualTo(Stage.ENDPOINT);
        assertThat(stuck.tone()).isEqualTo(Tone.BAD);
        assertThat(stuck.why()).contains("Nothing listens on localhost:3000");
        assertThat(stuck.repairs()).containsExactly(Repair.TRY_AGAIN, Repair.START_APP, Repair.CHANGE_ENDPOINT);
        assertThat(stages(item, CONNECTED))
                .extracting(TunnelStage::tone)
                .containsExactly(Tone.GOOD, Tone.GOOD, Tone.GOOD, Tone.BAD, Tone.QUIET);
    }

    // B-B13
    @Test
    void endedSignInOffersSigningInAgain() {
        TunnelItem item = item(Phase.OFFLINE, "The sign-in has ended.");

        TunnelStage stuck = stuck(item, new Link.SignInNeeded("The sign-in has ended."));

        assertThat(stuck.stage()).isEqualTo(Stage.CONNECTED);
        assertThat(stuck.why()).isEqualTo("The sign-in has ended.");
        assertThat(stuck.repairs()).containsExactly(Repair.SIGN_IN);
    }

    // B-B13
    @Test
    void lostConnectionWaitsAndCanBeTriedAgain() {
        TunnelItem item = item(Phase.OFFLINE, "no route to tunnels.acme.dev");

        TunnelStage stuck = stuck(item, new Link.Reconnecting("no route", FakePorthole.NOW));

        assertThat(stuck.tone()).isEqualTo(Tone.WAITING);
        assertThat(stuck.repairs()).containsExactly(Repair.TRY_AGAIN);
    }

    // B-B13
    @Test
    void appThatRefusesThePublicNameCanBeShownAnother() {
        TunnelState vite = porthole.tunnel("shop", Endpoint.parse("3000"), Phase.READY, "")
                .with(new BlockedHost("Vite", "server.allowedHosts"));

        TunnelStage stuck = stuck(new TunnelItem(vite), CONNECTED);

        assertThat(stuck.stage()).isEqualTo(Stage.ANSWERING);
        assertThat(stuck.why()).contains("Vite", "server.allowedHosts");
        assertThat(stuck.repairs()).containsExactly(Repair.SHOW_LOCALHOST, Repair.CHANGE_HOST_HEADER);
    }

    // B-B13
    @Test
    void stageThatHangsSaysWhatHangs() {
        TunnelItem item = item(Phase.STARTING, "Connected; the server has not taken the route yet.");

        TunnelStage stuck = stuck(item, CONNECTED);

        assertThat(stuck.stage()).isEqualTo(Stage.ROUTED);
        assertThat(stuck.spoken()).contains("Waiting for the route", "has not taken the route yet");
    }

    private static TunnelStage stuck(TunnelItem item, Link link) {
        return TunnelStage.stuck(item, link, FakePorthole.NOW).orElseThrow();
    }
}
