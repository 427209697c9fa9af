package dev.porthole.desktop.notifications;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.core.SignIn;
import dev.porthole.core.TunnelState;
import dev.porthole.core.TunnelState.Phase;
import dev.porthole.core.api.Endpoint;
import dev.porthole.core.traffic.Traffic;
import dev.porthole.core.traffic.Visitor;
import dev.porthole.desktop.FakePorthole;
import dev.porthole.desktop.ManualTasks;
import dev.porthole.desktop.notifications.Notice.Subject;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NewsTest {
    private final ManualTasks tasks = new ManualTasks();
    private final List<Notice> told = new ArrayList<>();
    private final Set<NoticeKind> wanted = EnumSet.allOf(NoticeKind.class);
    private Instant now = FakePorthole.NOW;
    private boolean looking;

    @TempDir
    private Path folder;

    private FakePorthole porthole;

    @BeforeEach
    @SuppressWarnings("NullAway.Init")
    void follow() {
        porthole = new FakePorthole(folder).signedIn();
        News news = new News(porthole, tasks.tasks(), () -> now, wanted::contains, () -> looking, told::add);
        var _ = news.follow();
    }

    @AfterEach
    void letGo() {
        porthole.close();
    }

    // UX, Notifications: tunnel ready
    @Test
    void tunnelThatBecomesReadyIsToldOnceWithItsAddress() {
        TunnelState docs = start("docs");
        becomes(docs, Phase.READY);
        passes(News.TOGETHER);
        becomes(docs, Phase.READY);
        passes(News.TOGETHER);

        assertThat(told)
                .containsExactly(new Notice(
                        "tunnel/tun_1",
                        NoticeKind.READY,
                        "docs is ready",
                        "https://docs.acme.dev",
                        new Subject.OneTunnel("tun_1")));
    }

    @Test
    void tunnelsOfOneStartAreToldTogether() {
        TunnelState docs = start("docs");
        TunnelState shop = start("shop");
        becomes(shop, Phase.READY);
        becomes(docs, Phase.READY);
        passes(News.TOGETHER);

        assertThat(told).hasSize(1);
        assertThat(told.getFirst().title()).isEqualTo("2 tunnels are ready");
        assertThat(told.getFirst().text()).isEqualTo("docs, shop");
        assertThat(told.getFirst().about()).isEqualTo(new Subject.Tunnels());
    }

    // UX, Notifications: tunnel lost and back
    @Test
    void lossIsToldAfterAWhileAndThenThatItIsBack() {
        TunnelState docs = ready("docs");
        becomes(docs, Phase.ENDPOINT_DOWN);
        assertThat(told).isEmpty();
        passes(News.WORTH_TELLING);
        becomes(docs, Phase.READY);

        assertThat(told.stream().map(Notice::title)).containsExactly("docs can’t be reached", "docs is back");
        assertThat(told.getFirst().text()).startsWith("Nothing listens on localhost:3000");
        assertThat(told.getFirst().key())
                .as("the second takes the first one's place")
                .isEqualTo(told.getLast().key());
    }

    @Test
    void shortLossIsNone() {
        TunnelState docs = ready("docs");
        becomes(docs, Phase.OFFLINE);
        passes(Duration.ofSeconds(3));
        becomes(docs, Phase.READY);
        passes(News.WORTH_TELLING);

        assertThat(told).isEmpty();
    }

    // UX, Notifications: none repeats
    @Test
    void tunnelThatComesAndGoesIsToldOnceInTenMinutes() {
        TunnelState docs = ready("docs");
        for (int at = 0; at < 5; at++) {
            becomes(docs, Phase.OFFLINE);
            passes(News.WORTH_TELLING);
            becomes(docs, Phase.READY);
            passes(Duration.ofSeconds(20));
        }
        assertThat(told.stream().map(Notice::title)).containsExactly("docs can’t be reached", "docs is back");

        passes(News.NOT_AGAIN);
        becomes(docs, Phase.OFFLINE);
        passes(News.WORTH_TELLING);
        assertThat(told).hasSize(3);
    }

    @Test
    void lostConnectionOfManyTunnelsIsOneNotice() {
        TunnelState docs = ready("docs");
        TunnelState shop = ready("shop");
        becomes(docs, Phase.OFFLINE);
        passes(Duration.ofSeconds(1));
        becomes(shop, Phase.OFFLINE);
        passes(News.WORTH_TELLING);

        assertThat(told.stream().map(Notice::title)).containsExactly("2 tunnels can’t be reached");
    }

    // UX, Notifications: sign-in needed
    @Test
    void endedSignInIsToldOnceUntilSomeoneSignsIn() {
        SignIn signedIn = porthole.signIn.get();
        porthole.signIn.set(new SignIn.Expired(FakePorthole.SERVER, FakePorthole.ADA, false));
        porthole.link.set(new dev.porthole.core.Link.SignInNeeded("ended"));
        assertThat(told.stream().map(Notice::text))
                .containsExactly("Your sign-in at tunnels.acme.dev has ended. Your tunnels wait for it.");

        porthole.link.set(new dev.porthole.core.Link.Idle());
        porthole.signIn.set(signedIn);
        porthole.signIn.set(new SignIn.Expired(FakePorthole.SERVER, FakePorthole.ADA, false));
        assertThat(told).hasSize(2);
    }

    @Test
    void thisComputersOwnSignInNeedsNobody() {
        porthole.signIn.set(new SignIn.Expired(FakePorthole.SERVER, FakePorthole.ADA, true));

        assertThat(told).isEmpty();
    }

    // UX, Notifications: first visitor
    @Test
    void onlyTheFirstVisitorIsTold() {
        TunnelState docs = ready("docs");
        assertThat(told).isEmpty();
        visit("tun_1", "203.0.113.9");
        visit("tun_1", "203.0.113.10");
        becomes(docs, Phase.STOPPED);
        becomes(docs, Phase.READY);
        visit("tun_1", "203.0.113.11");

        assertThat(told.stream().map(Notice::title)).containsExactly("docs has its first visitor");
    }

    // UX, Notifications: each can be turned off
    @Test
    void whatIsTurnedOffIsNotTold() {
        wanted.remove(NoticeKind.READY);
        wanted.remove(NoticeKind.FIRST_VISITOR);
        TunnelState docs = start("docs");
        becomes(docs, Phase.READY);
        passes(News.TOGETHER);
        visit("tun_1", "203.0.113.9");
        assertThat(told).isEmpty();

        becomes(docs, Phase.OFFLINE);
        passes(News.WORTH_TELLING);
        assertThat(told.stream().map(Notice::kind)).containsExactly(NoticeKind.LOST);
    }

    @Test
    void whoeverLooksAtTheWindowIsToldNothing() {
        looking = true;
        TunnelState docs = start("docs");
        becomes(docs, Phase.READY);
        passes(News.TOGETHER);
        looking = false;
        passes(News.TOGETHER);

        assertThat(told).isEmpty();
    }

    @Test
    void whatRanBeforeTheAppHasNothingToTell() {
        porthole.put(porthole.tunnel("docs", Endpoint.parse("3000"), Phase.READY, ""));
        passes(News.TOGETHER);

        assertThat(told).isEmpty();
    }

    @Test
    void stoppedTunnelIsNotLost() {
        TunnelState docs = ready("docs");
        becomes(docs, Phase.OFFLINE);
        becomes(docs, Phase.STOPPED);
        passes(News.WORTH_TELLING);

        assertThat(told).isEmpty();
    }

    private TunnelState start(String label) {
        return porthole.put(porthole.tunnel(label, Endpoint.parse("3000"), Phase.STARTING, ""));
    }

    /** One that is ready, and of which nothing has been told. */
    private TunnelState ready(String label) {
        return porthole.put(porthole.tunnel(label, Endpoint.parse("3000"), Phase.READY, ""));
    }

    private void visit(String tunnelId, String address) {
        Traffic before = Traffic.none(now);
        porthole.traffic(tunnelId)
                .set(new Traffic(
                        now,
                        before.requests(),
                        before.bytesIn(),
                        before.bytesOut(),
                        before.requestsByMinute(),
                        before.failuresByMinute(),
                        0,
                        Optional.of(now),
                        List.of(new Visitor(address, "curl/8", now, now, 0, 1, 10, "/"))));
    }

    private void becomes(TunnelState tunnel, Phase phase) {
        porthole.put(FakePorthole.withPhase(tunnel, phase));
    }

    private void passes(Duration time) {
        now = now.plus(time);
        tasks.timePasses();
    }
}
