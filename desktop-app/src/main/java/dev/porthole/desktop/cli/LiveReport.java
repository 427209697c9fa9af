package dev.porthole.desktop.cli;

import dev.porthole.core.traffic.Traffic;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The report of a person at a terminal: what another one says, with a line at the bottom that shows how it is now: the
 * state, requests a second, visitors, the last request.
 */
final class LiveReport implements ShareReport {
    private static final String GREEN = "\u001b[32m";
    private static final String RED = "\u001b[31m";
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

    private final ShareReport report;
    private final StatusLine line;
    private final boolean coloured;
    private final ZoneId zone;
    private String state = "";
    private boolean fine;
    /** Whether another process carries it, and sees what passes. */
    private boolean joined;

    private @Nullable Traffic traffic;
    private String lastAnswer = "";

    LiveReport(ShareReport report, StatusLine line, boolean coloured, ZoneId zone) {
        this.report = report;
        this.line = line;
        this.coloured = coloured;
        this.zone = zone;
    }

    @Override
    public void tell(ShareEvent event) {
        line.erase();
        report.tell(event);
        switch (event) {
            case ShareEvent.Ready _ -> state("ready", true);
            case ShareEvent.Reconnecting _ -> state("reconnecting", false);
            case ShareEvent.Lost _ -> state("not answering", false);
            case ShareEvent.Stopping _, ShareEvent.Stopped _, ShareEvent.Failed _ -> state("", false);
            case ShareEvent.Request request -> lastAnswer = request.shortly();
            case ShareEvent.Joined _ -> joined = true;
            case ShareEvent.Created _, ShareEvent.Stage _, ShareEvent.Blocked _, ShareEvent.Webhook _ -> {}
        }
        draw();
    }

    @Override
    public boolean isLive() {
        return true;
    }

    @Override
    public void passes(Traffic now) {
        traffic = now;
        draw();
    }

    @Override
    public void resized() {
        draw();
    }

    private void state(String words, boolean isFine) {
        state = words;
        fine = isFine;
    }

    private void draw() {
        if (state.isEmpty()) {
            line.erase();
            return;
        }
        line.set(state, coloured ? (fine ? GREEN : RED) : "", rest());
        line.draw();
    }

    private String rest() {
        Traffic now = traffic;
        if (joined) {
            return "  carried by another process";
        }
        if (now == null || now.lastRequest().isEmpty()) {
            return "  no requests yet";
        }
        int visitors = now.visitorsNow().size();
        return String.format(
                Locale.ROOT,
                "  %.1f requests/s  %d %s  last %s%s",
                now.requestsPerSecond(),
                visitors,
                visitors == 1 ? "visitor" : "visitors",
                clock(now.lastRequest().get()),
                lastAnswer.isEmpty() ? "" : "  " + lastAnswer);
    }

    private String clock(Instant instant) {
        return CLOCK.format(instant.atZone(zone));
    }
}
