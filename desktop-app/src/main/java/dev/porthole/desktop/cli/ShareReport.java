package dev.porthole.desktop.cli;

import dev.porthole.core.traffic.Traffic;
import java.time.ZoneId;
import java.util.Locale;

/** Where a running share tells its news. Called by one thread at a time. */
@FunctionalInterface
interface ShareReport {
    void tell(ShareEvent event);

    /** Whether it shows what passes while it passes; otherwise the next two are never called. */
    default boolean isLive() {
        return false;
    }

    /** What passes now. */
    default void passes(Traffic now) {}

    /** The window has another size. */
    default void resized() {}

    /** With a line that shows how it is now, where there is a window for it. */
    static ShareReport forPeople(ShareReport report, Terminal terminal, Surroundings surroundings) {
        Window window = surroundings.window();
        boolean live = terminal.attended()
                && !terminal.quiet()
                && !surroundings.environment().getOrDefault("TERM", "").equals("dumb")
                && window.columns().isPresent();
        return live
                ? new LiveReport(
                        report,
                        new StatusLine(terminal.err(), () -> window.columns().orElse(80)),
                        terminal.coloured(),
                        ZoneId.systemDefault())
                : report;
    }

    /** One JSON object a line on standard output. */
    static ShareReport json(Terminal terminal) {
        return event -> {
            if (!(event instanceof ShareEvent.Stopping)) {
                terminal.print(Json.of(event));
            }
        };
    }

    /** {@code porthole share}: the address alone is data. */
    static ShareReport addressOnly(Terminal terminal) {
        return event -> {
            if (event instanceof ShareEvent.Ready ready) {
                terminal.print(Printable.of(ready.url()));
                terminal.say("Ready after " + seconds(ready.seconds()) + ". Press Ctrl+C to stop...");
            } else {
                sayForPeople(terminal, event);
            }
        };
    }

    /** {@code porthole tunnel listen}: what the tunnel is, on standard output. */
    static ShareReport full(Terminal terminal) {
        return event -> {
            if (event instanceof ShareEvent.Ready ready) {
                // Whole seconds, begun ones counted: the exact figure is in the JSON form.
                terminal.print("Tunnel ready after " + (long) Math.ceil(ready.seconds()) + " sec: "
                        + Printable.of(ready.url()));
                terminal.print("id:           " + Printable.of(ready.id()));
                terminal.print("label:        " + Printable.of(ready.label()));
                terminal.print("connector id: " + Printable.of(ready.connector() == null ? "-" : ready.connector()));
                terminal.say("Press Ctrl+C to stop...");
            } else {
                sayForPeople(terminal, event);
            }
        };
    }

    private static void sayForPeople(Terminal terminal, ShareEvent event) {
        switch (event) {
            // What could not be done is said once, by whoever ends the command.
            case ShareEvent.Created _, ShareEvent.Ready _, ShareEvent.Failed _ -> {}
            case ShareEvent.Joined joined ->
                terminal.say("Another Porthole of yours on this computer, such as the app, carries " + joined.endpoint()
                        + " already. This one watches it; Ctrl+C leaves it on.");
            case ShareEvent.Stage stage -> sayStage(terminal, stage);
            case ShareEvent.Reconnecting again ->
                terminal.say(
                        terminal.bad("Connection lost") + ": " + Printable.of(again.reason()) + ". Reconnecting...");
            case ShareEvent.Webhook webhook -> terminal.say(webhook.forPeople(terminal));
            case ShareEvent.Lost lost ->
                terminal.say(terminal.bad("Not answering") + ": " + Printable.of(lost.reason()));
            case ShareEvent.Blocked blocked ->
                terminal.say(terminal.bad("Blocked host") + ": " + Printable.of(blocked.advice()));
            case ShareEvent.Request request -> sayRequest(terminal, request);
            case ShareEvent.Stopping _ -> terminal.say("Stopping... Ctrl+C again quits at once.");
            case ShareEvent.Stopped stopped -> terminal.say("Stopped: " + Printable.of(stopped.reason()));
        }
    }

    private static void sayRequest(Terminal terminal, ShareEvent.Request request) {
        if (request.missed() > 0) {
            terminal.say(terminal.faint("(" + request.missed() + " requests came too fast to be shown)"));
        }
        String line = request.shortly();
        terminal.say((request.status() >= 500 ? terminal.bad(line) : line)
                + terminal.faint(" (" + Printable.of(request.request()) + ")"));
    }

    private static void sayStage(Terminal terminal, ShareEvent.Stage stage) {
        String detail = stage.detail() == null ? "" : ": " + Printable.of(stage.detail());
        switch (stage.state()) {
            case "done" ->
                terminal.say(terminal.good("  done    ")
                        + stage.stage()
                        + terminal.faint(" after " + seconds(stage.seconds())));
            case "waiting" -> terminal.say(terminal.bad("  waiting ") + stage.stage() + detail);
            default -> {}
        }
    }

    private static String seconds(double seconds) {
        return String.format(Locale.ROOT, "%.1f s", seconds);
    }
}
