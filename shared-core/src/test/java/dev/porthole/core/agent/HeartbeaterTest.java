package dev.porthole.core.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.core.agent.ControlException.Reason;
import dev.porthole.core.api.Endpoint;
import dev.porthole.core.proxy.CarriedTunnel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HeartbeaterTest {
    private final ManualTime time = new ManualTime();
    private final RecordingControl control = new RecordingControl();
    private final DesiredTunnels desired = new DesiredTunnels();
    private final Bell renewed = new Bell();
    private final Bell reachable = new Bell();
    private final LinkedBlockingQueue<String> news = new LinkedBlockingQueue<>();
    private @Nullable Thread thread;

    @AfterEach
    void stop() throws InterruptedException {
        if (thread != null) {
            thread.interrupt();
            thread.join();
        }
    }

    @Test // B-B12
    void beatsEveryFifteenSecondsWithAFifthOfJitter() throws Exception {
        start(ReconnectPolicyTest.always(0));
        assertThat(time.nextWait()).isEqualTo(Duration.ofSeconds(12));
        stop();
        start(ReconnectPolicyTest.always(0.5));
        assertThat(time.nextWait()).isEqualTo(Duration.ofSeconds(15));
        stop();
        start(ReconnectPolicyTest.always(1));
        assertThat(time.nextWait()).isEqualTo(Duration.ofSeconds(18));
        control.nextBeat();
        control.nextBeat();
        control.nextBeat();
        time.advance(Duration.ofSeconds(18));
        assertThat(control.nextBeat().tunnels()).isEmpty();
    }

    @Test // B-B12
    void backsOffFromTwoToThirtySeconds() throws Exception {
        Reason silent = new Reason.Unreachable("", false);
        Reason busy = new Reason.Refused(503, "");
        control.failBeat(silent, busy, silent, silent, busy, silent);
        start(ReconnectPolicyTest.always(0.5));
        List<Long> waits = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            Duration wait = time.nextWait();
            waits.add(wait.toSeconds());
            time.advance(wait);
        }
        assertThat(waits).containsExactly(2L, 4L, 8L, 16L, 30L, 30L);
        // It worked: from the start again.
        Duration usual = time.nextWait();
        control.failBeat(silent);
        assertThat(usual).isEqualTo(Duration.ofSeconds(15));
        time.advance(usual);
        assertThat(time.nextWait()).isEqualTo(Duration.ofSeconds(2));
    }

    @Test // B-B12 T-R2
    void beatsAtOnceWhenTheServerIsHeardOfAgain() throws Exception {
        control.failBeat(new Reason.Unreachable("", true));
        start(ReconnectPolicyTest.always(1));
        control.nextBeat();
        assertThat(time.nextWait()).isEqualTo(Duration.ofSeconds(2));
        reachable.ring();
        control.nextBeat();
        assertThat(time.nextWait()).isEqualTo(Duration.ofSeconds(18));
    }

    @Test // B-B12 B-B5
    void namesWhatIsCarriedAtOnce() throws Exception {
        start(ReconnectPolicyTest.always(1));
        assertThat(control.nextBeat().tunnels()).isEmpty();
        desired.put(new CarriedTunnel("tun_1", Endpoint.parse("localhost:9")));
        assertThat(control.nextBeat().tunnels()).containsExactly("tun_1");
    }

    @Test // B-B12
    void vanishedProjectEndsIt() throws Exception {
        control.failBeat(new Reason.Gone());
        start(ReconnectPolicyTest.always(1));
        assertThat(news.poll(20, TimeUnit.SECONDS)).isEqualTo("gone");
        assertThat(time.nobodyWaits()).isTrue();
    }

    @Test // B-A1 B-A11
    void endedSignInWaitsForAPerson() throws Exception {
        control.failBeat(new Reason.Unauthorized());
        start(ReconnectPolicyTest.always(1));
        assertThat(news.poll(20, TimeUnit.SECONDS)).isEqualTo("sign in");
        control.nextBeat();
        assertThat(time.nobodyWaits()).isTrue();
        renewed.ring();
        control.nextBeat();
    }

    private void start(RandomGenerator random) {
        Heartbeater.Listener listener = new Heartbeater.Listener() {
            @Override
            public void beat(long generation) {}

            @Override
            public void gone(ControlException cause) {
                news.add("gone");
            }

            @Override
            public void signInNeeded(ControlException cause) {
                news.add("sign in");
            }
        };
        thread = Thread.ofVirtual()
                .start(new Heartbeater(control, "ins_1", "0.1.0", desired, time, random, renewed, reachable, listener));
    }
}
