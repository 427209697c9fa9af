package dev.porthole.desktop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.core.traffic.PassedRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Access lines of the command line. */
class RequestLinesTest {
    private static final PassedRequest GREETING =
            new PassedRequest("tun_1", "00c0ffee00c0ffee", "GET", "/greet", 200, Duration.ofMillis(12), 0);

    @TempDir
    private Path folder;

    private FakePorthole porthole;
    private CommandRun command;

    @BeforeEach
    void open() {
        porthole = new FakePorthole(folder);
        command = new CommandRun(porthole);
    }

    private void passes(PassedRequest request) throws Exception {
        porthole.hearsRequests.get(10, TimeUnit.SECONDS).accept(request);
    }

    private void stop(CompletableFuture<Integer> code) throws Exception {
        command.interrupt();
        assertThat(code.get(10, TimeUnit.SECONDS)).isZero();
    }

    @Test // B-D11
    void eachRequestIsALineForPeopleWithTheIdOfTheServersLine() throws Exception {
        CompletableFuture<Integer> code = command.start("tunnel", "listen", "--endpoint", "3000");
        passes(GREETING);
        assertThat(command.awaitErr("GET /greet")).isEqualTo("GET /greet -> 200 in 12 ms (00c0ffee00c0ffee)");
        stop(code);
        assertThat(command.out()).doesNotContain("/greet");
        assertThat(porthole.done).contains("hears no requests any more");
    }

    @Test // B-D11, T-L4
    void whatAVisitorSentCantMoveTheCursorOrForgeALine() throws Exception {
        CompletableFuture<Integer> code = command.start("share", "3000");
        passes(new PassedRequest("tun_1", "-", "GET", "/a\u001b[2J\nGET /forged", 404, Duration.ofMillis(1), 0));
        assertThat(command.awaitErr("GET /a")).isEqualTo("GET /a\\u001b[2J\\nGET /forged -> 404 in 1 ms (-)");
        stop(code);
    }

    @Test // B-D11
    void noRequestsMeansThatNobodyListens() throws Exception {
        CompletableFuture<Integer> code = command.start("tunnel", "listen", "--endpoint", "3000", "--no-requests");
        command.awaitErr("Press Ctrl+C");
        stop(code);
        assertThat(porthole.hearsRequests).isNotDone();
        open();
        CompletableFuture<Integer> quiet = command.start("share", "3000", "--quiet");
        command.awaitOut("http://");
        stop(quiet);
        assertThat(porthole.hearsRequests).isNotDone();
    }

    @Test // B-D11
    void jsonHasThemOnlyWhenAsked() throws Exception {
        CompletableFuture<Integer> plain = command.start("share", "3000", "-o", "json");
        command.awaitOut("{\"event\":\"ready\"");
        stop(plain);
        assertThat(porthole.hearsRequests).isNotDone();
        open();
        CompletableFuture<Integer> asked = command.start("share", "3000", "-o", "json", "--requests");
        passes(GREETING);
        assertThat(command.awaitOut("{\"event\":\"request\""))
                .isEqualTo("{\"event\":\"request\",\"id\":\"tun_1\",\"method\":\"GET\",\"path\":\"/greet\","
                        + "\"status\":200,\"milliseconds\":12,\"request\":\"00c0ffee00c0ffee\",\"missed\":0}");
        stop(asked);
    }

    @Test // B-D11
    void requestsThatCameTooFastAreCounted() throws Exception {
        CompletableFuture<Integer> code = command.start("share", "3000");
        passes(new PassedRequest("tun_1", "-", "GET", "/", 200, Duration.ofMillis(1), 7));
        command.awaitErr("(7 requests came too fast to be shown)");
        command.awaitErr("GET / -> 200");
        stop(code);
    }

    @Test // B-B6
    void firstCtrlCSaysWhatItDoes() throws Exception {
        CompletableFuture<Integer> code = command.start("share", "3000");
        command.awaitErr("Ready after");
        stop(code);
        command.awaitErr("Stopping... Ctrl+C again quits at once.");
        command.awaitErr("Stopped: the tunnel is off and keeps its address.");
    }
}
