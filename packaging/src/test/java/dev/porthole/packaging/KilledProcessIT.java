package dev.porthole.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * One side is killed with something under way: visitors see that it broke off, and never an answer that looks whole.
 */
@Tag("tools")
class KilledProcessIT {
    private static final long LARGE = 50L * 1024 * 1024;
    private static final int MEGABYTE = 1024 * 1024;

    /** Who gets SIGKILL. */
    enum Victim {
        SERVER,
        AGENT;

        void kill(ServerAndAgent running) throws InterruptedException {
            switch (this) {
                case SERVER -> running.server().kill();
                case AGENT -> running.agent().kill();
            }
        }
    }

    @TempDir
    private Path folder;

    private LargeApp app;
    private ServerAndAgent running;

    @BeforeEach
    void share() throws Exception {
        app = new LargeApp();
        running = ServerAndAgent.sharing(folder, app.port());
    }

    @AfterEach
    void endWhatWasStarted() throws Exception {
        running.close();
        app.close();
    }

    @ParameterizedTest // T-W5, B-D5
    @EnumSource
    void downloadIsCutOff(Victim victim) throws Exception {
        try (RawVisit visit = RawVisit.to(running.address()).send("GET", "/bytes/" + LARGE, "")) {
            String head = visit.head();
            assertThat(head).startsWith("HTTP/1.1 200");
            assertThat(RawVisit.length(head)).isEqualTo(LARGE);
            assertThat(visit.readUpTo(MEGABYTE)).isEqualTo(MEGABYTE);

            victim.kill(running);

            assertThat(visit.readUpTo(LARGE - MEGABYTE)).isLessThan(LARGE - MEGABYTE);
            assertThat(app.awaitEnded()).as("the app hears of it").isTrue();
            assertThat(app.requests()).isEqualTo(1);
        }
    }

    @ParameterizedTest // T-W5, B-D5
    @EnumSource
    void uploadIsNeverAnsweredAsIfItHadArrived(Victim victim) throws Exception {
        try (RawVisit visit = RawVisit.to(running.address()).send("POST", "/", "Content-Length: " + LARGE + "\r\n")) {
            byte[] part = new byte[2 * MEGABYTE];
            Arrays.fill(part, (byte) 'x');
            visit.out().write(part);
            visit.out().flush();
            assertThat(app.awaitBegun()).isTrue();

            victim.kill(running);

            String answer = answerOrNothing(visit);
            assertThat(answer)
                    .satisfiesAnyOf(
                            nothing -> assertThat(nothing).isEmpty(),
                            page -> assertThat(page).startsWith("HTTP/1.1 502"));
            assertThat(app.awaitEnded()).as("the app hears of it").isTrue();
            assertThat(app.wholeBodies()).isZero();
            assertThat(app.requests()).isEqualTo(1);
        }
    }

    @ParameterizedTest // T-W5, T-W6, B-A6
    @EnumSource
    void idleUpgradedConnectionEndsOnBothSides(Victim victim) throws Exception {
        try (RawVisit visit =
                RawVisit.to(running.address()).send("GET", "/socket", "Connection: Upgrade\r\nUpgrade: echo\r\n")) {
            assertThat(visit.head()).startsWith("HTTP/1.1 101");
            visit.out().write('!');
            assertThat(visit.next()).isEqualTo('!');

            victim.kill(running);

            assertThat(visit.next()).isNegative();
            assertThat(app.awaitEnded()).isTrue();
        }
    }

    private static String answerOrNothing(RawVisit visit) {
        try {
            return visit.head();
        } catch (IOException reset) {
            return "";
        }
    }
}
