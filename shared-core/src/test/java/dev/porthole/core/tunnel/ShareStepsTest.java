package dev.porthole.core.tunnel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.core.Link;
import dev.porthole.core.ShareProgress.Stage;
import dev.porthole.core.TunnelState.Phase;
import dev.porthole.core.api.Condition;
import dev.porthole.core.api.Endpoint;
import dev.porthole.core.api.HostHeader;
import dev.porthole.core.api.Tunnel;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShareStepsTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    // B-B13
    @Test
    void everyStepIsStartedAndDoneOnceInOrderWhateverSkipsAhead() {
        List<String> told = new ArrayList<>();
        ShareSteps steps = new ShareSteps(
                InstantSource.fixed(NOW), progress -> told.add(progress.stage() + " " + progress.state()));
        steps.reach(Stage.ROUTED);
        steps.waiting("no session");
        steps.waiting("no session");
        steps.reach(Stage.CONNECTED);
        steps.finish();

        assertThat(told)
                .containsExactly(
                        "ACCEPTED STARTED",
                        "ACCEPTED DONE",
                        "CONNECTED STARTED",
                        "CONNECTED DONE",
                        "ROUTED STARTED",
                        "ROUTED WAITING",
                        "ROUTED DONE",
                        "ENDPOINT STARTED",
                        "ENDPOINT DONE",
                        "ANSWERING STARTED",
                        "ANSWERING DONE");
    }

    // B-B13
    @Test
    void phaseSaysWhatIsTrueAndNeverReadyTooEarly() {
        Link up = new Link.Connected(1, null);
        Tunnel ready = tunnel(true, Condition.Status.True, Condition.Status.True, "Answering");
        Tunnel down = tunnel(true, Condition.Status.True, Condition.Status.False, "EndpointRefused");
        Tunnel lost = tunnel(true, Condition.Status.False, Condition.Status.False, "NoSession");

        assertThat(TunnelPhase.of(ready, true, false, up).phase()).isEqualTo(Phase.READY);
        assertThat(TunnelPhase.of(ready, true, false, new Link.Reconnecting("no answer", NOW))
                        .phase())
                .isEqualTo(Phase.OFFLINE);
        assertThat(TunnelPhase.of(ready, true, false, new Link.SignInNeeded("sign in again"))
                        .detail())
                .isEqualTo("sign in again");
        assertThat(TunnelPhase.of(down, true, false, up).phase()).isEqualTo(Phase.ENDPOINT_DOWN);
        assertThat(TunnelPhase.of(lost, true, false, up).phase()).isEqualTo(Phase.STARTING);
        assertThat(TunnelPhase.of(lost, false, false, new Link.Idle()).phase()).isEqualTo(Phase.OFFLINE);
        assertThat(TunnelPhase.of(
                                tunnel(false, Condition.Status.False, Condition.Status.False, "Disabled"),
                                false,
                                false,
                                up)
                        .phase())
                .isEqualTo(Phase.STOPPED);
    }

    private static Tunnel tunnel(boolean enabled, Condition.Status programmed, Condition.Status ready, String reason) {
        return new Tunnel(
                "tun_1",
                "prj_1",
                "happy-panda-dancing",
                "shop",
                Endpoint.parse("3000"),
                HostHeader.visitor(),
                "http://happy-panda-dancing.localhost:8080",
                enabled,
                "con_1",
                List.of(
                        new Condition(Condition.Type.Programmed, programmed, "x", "", NOW),
                        new Condition(Condition.Type.Ready, ready, reason, "", NOW)),
                1,
                NOW,
                null,
                null);
    }
}
