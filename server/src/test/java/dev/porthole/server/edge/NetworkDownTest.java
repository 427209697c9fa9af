package dev.porthole.server.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ProcessBuilder.Redirect;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * An agent behind a network that goes and comes back, and one that is stopped as a sleeping computer is. Needs root and
 * {@code ip}; what it touches is a network namespace of its own.
 */
@Tag("tools")
class NetworkDownTest {
    private static final String NAMESPACE =
            "porthole-" + ProcessHandle.current().pid();
    private static final String NEAR = "php" + ProcessHandle.current().pid() % 100_000 + "a";
    private static final String FAR = "php" + ProcessHandle.current().pid() % 100_000 + "b";
    /** Three seconds (T-R2), and one for a busy machine. */
    private static final Duration BACK_WITHIN = Duration.ofSeconds(4);

    private EdgeFixture fixture;
    private Process agent;

    @BeforeEach
    void start() throws Exception {
        ip("netns", "add", NAMESPACE);
        ip("link", "add", NEAR, "type", "veth", "peer", "name", FAR);
        ip("link", "set", FAR, "netns", NAMESPACE);
        ip("addr", "add", "198.18.77.1/30", "dev", NEAR);
        ip("link", "set", NEAR, "up");
        ip("-n", NAMESPACE, "addr", "add", "198.18.77.2/30", "dev", FAR);
        ip("-n", NAMESPACE, "link", "set", FAR, "up");
        ip("-n", NAMESPACE, "link", "set", "lo", "up");
        fixture = new EdgeFixture(usual -> new EdgeSettings(
                new InetSocketAddress("198.18.77.1", 0),
                usual.ownHosts(),
                usual.tunnelDomain(),
                usual.controlPlane(),
                usual.controlPlaneSecret()));
        agent = new ProcessBuilder(
                        "ip",
                        "netns",
                        "exec",
                        NAMESPACE,
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        AgentProcess.class.getName(),
                        "198.18.77.1",
                        String.valueOf(fixture.edge.address().getPort()))
                .redirectOutput(Redirect.DISCARD)
                .redirectError(Redirect.DISCARD)
                .start();
        await("carried", 2);
        Duration _ = untilGood();
    }

    @AfterEach
    void stop() throws Exception {
        agent.destroyForcibly();
        assertThat(agent.waitFor(20, TimeUnit.SECONDS)).isTrue();
        fixture.close();
        ip("link", "del", NEAR);
        ip("netns", "del", NAMESPACE);
    }

    // T-R2
    @Test
    void aNetworkThatIsBackIsUsedWithinThreeSeconds() throws Exception {
        ip("-n", NAMESPACE, "link", "set", FAR, "down");
        await("closed", 2);
        ip("-n", NAMESPACE, "link", "set", FAR, "up");
        Duration back = untilGood();
        print("link down and up", back);
        assertThat(back).isLessThan(BACK_WITHIN);
    }

    // T-R2
    @Test
    void anAgentThatWakesUpIsBackWithinThreeSeconds() throws Exception {
        signal("STOP");
        await("closed", 2);
        signal("CONT");
        Duration back = untilGood();
        print("SIGSTOP and SIGCONT", back);
        assertThat(back).isLessThan(BACK_WITHIN);
    }

    /** How long it takes until a visitor gets an answer of the app. */
    private Duration untilGood() throws Exception {
        long start = System.nanoTime();
        while (System.nanoTime() - start < TimeUnit.SECONDS.toNanos(60)) {
            try (RawVisitor visitor = fixture.visitor()) {
                if (visitor.get(EdgeFixture.HOST, "/").status() == 200) {
                    return Duration.ofNanos(System.nanoTime() - start);
                }
            }
        }
        throw new AssertionError("no good answer within a minute");
    }

    private void await(String event, int times) throws InterruptedException {
        int left = times;
        while (left > 0) {
            String next = fixture.events.poll(60, TimeUnit.SECONDS);
            if (next == null) {
                throw new AssertionError("no more events; wanted: " + event);
            }
            left -= next.startsWith(event) ? 1 : 0;
        }
    }

    private void signal(String name) throws Exception {
        run(List.of("kill", "-" + name, String.valueOf(agent.pid())));
    }

    private static void ip(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("ip"));
        command.addAll(List.of(arguments));
        run(command);
    }

    private static void run(List<String> command) throws Exception {
        Process process = new ProcessBuilder(command).inheritIO().start();
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).as("%s", command).isTrue();
        assertThat(process.exitValue()).as("%s", command).isZero();
    }

    private static void print(String what, Duration back) {
        System.out.println(what + ": the next good answer after " + back.toMillis() + " ms");
    }
}
