package dev.porthole.desktop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.core.traffic.Series;
import dev.porthole.core.traffic.Traffic;
import dev.porthole.core.traffic.Visitor;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The line at the bottom of a terminal, byte by byte. */
class LiveReportTest {
    private static final String ERASED = "\r\u001b[J";
    private static final Instant NOON = Instant.parse("2026-11-28T12:00:00Z");

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final Terminal terminal = new Terminal(
            new PrintStream(new ByteArrayOutputStream()),
            new PrintStream(bytes, true, StandardCharsets.UTF_8),
            new BufferedReader(new StringReader("")),
            true,
            false);
    private int columns = 80;
    private final LiveReport report = new LiveReport(
            ShareReport.addressOnly(terminal), new StatusLine(terminal.err(), () -> columns), false, ZoneOffset.UTC);

    private String written() {
        String all = bytes.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
        bytes.reset();
        return all;
    }

    private static Traffic traffic(int lastSecond) {
        long[] seconds = new long[Traffic.SECONDS];
        seconds[Traffic.SECONDS - 1] = lastSecond;
        Visitor visitor = new Visitor("203.0.113.7", "curl", NOON, NOON, 0, 1, 0, "/");
        return new Traffic(
                NOON,
                Series.of(seconds),
                Series.zeros(Traffic.SECONDS),
                Series.zeros(Traffic.SECONDS),
                Series.zeros(Traffic.MINUTES),
                Series.zeros(Traffic.MINUTES),
                0,
                Optional.of(NOON),
                List.of(visitor));
    }

    private void ready() {
        report.tell(new ShareEvent.Ready("tun_1", "shop", "http://shop.localhost:8080", 0.5, null));
    }

    @Test // B-D11
    void lineIsDrawnOverItselfAndLinesStandAboveIt() {
        ready();
        assertThat(written()).isEqualTo("Ready after 0.5 s. Press Ctrl+C to stop...\nready  no requests yet");
        report.passes(traffic(25));
        assertThat(written()).isEqualTo(ERASED + "ready  2.5 requests/s  1 visitor  last 12:00:00");
        report.tell(new ShareEvent.Request("tun_1", "GET", "/", 200, 12, "abc", 0));
        assertThat(written())
                .isEqualTo(ERASED + "GET / -> 200 in 12 ms (abc)\n"
                        + "ready  2.5 requests/s  1 visitor  last 12:00:00  GET / -> 200 in 12 ms");
    }

    @Test // B-B13
    void stateIsWhatHappenedLast() {
        ready();
        written();
        report.tell(new ShareEvent.Reconnecting("the server closed the connection", NOON));
        assertThat(written()).endsWith("Reconnecting...\nreconnecting  no requests yet");
        report.tell(new ShareEvent.Lost("tun_1", "nothing listens on localhost:3000"));
        assertThat(written()).endsWith("nothing listens on localhost:3000\nnot answering  no requests yet");
    }

    @Test // B-B6
    void lineIsGoneBeforeTheEndIsSaid() {
        ready();
        written();
        report.tell(new ShareEvent.Stopping());
        assertThat(written()).isEqualTo(ERASED + "Stopping... Ctrl+C again quits at once.\n");
        report.passes(traffic(1));
        report.tell(new ShareEvent.Stopped("tun_1", "the tunnel is off and keeps its address."));
        assertThat(written()).isEqualTo("Stopped: the tunnel is off and keeps its address.\n");
    }

    @Test
    void lineFitsItsTerminalAndFollowsItsSize() {
        columns = 12;
        ready();
        assertThat(written()).endsWith("\nready  no \u2026").doesNotContain("requests");
        columns = 6;
        report.resized();
        // Eleven cells stand in two rows of six: up one, and all below is erased.
        assertThat(written()).isEqualTo("\u001b[1A" + ERASED + "ready");
        columns = 80;
        report.resized();
        assertThat(written()).isEqualTo(ERASED + "ready  no requests yet");
    }

    @Test
    void withoutAWindowOrATerminalThatKnowsMoreThanLinesThereIsNone() {
        ShareReport plain = ShareReport.addressOnly(terminal);
        assertThat(ShareReport.forPeople(plain, terminal, surroundings(Window.none(), "xterm")))
                .isSameAs(plain);
        assertThat(ShareReport.forPeople(plain, terminal, surroundings(new FixedWindow(80), "dumb")))
                .isSameAs(plain);
        assertThat(ShareReport.forPeople(plain, terminal.quietly(), surroundings(new FixedWindow(80), "xterm")))
                .isSameAs(plain);
        assertThat(ShareReport.forPeople(plain, terminal, surroundings(new FixedWindow(80), "xterm"))
                        .isLive())
                .isTrue();
    }

    private Surroundings surroundings(Window window, String kind) {
        return new Surroundings(
                terminal,
                java.util.Map.of("TERM", kind),
                dev.porthole.core.config.PortholeHome.in(java.nio.file.Path.of("unused")),
                _ -> new FakePorthole(java.nio.file.Path.of("unused")),
                () -> {
                    throw new UnsupportedOperationException();
                },
                _ -> false,
                _ -> () -> {},
                "1.2.3",
                window);
    }
}
