package dev.porthole.desktop.cli;

import java.util.Locale;

/** Where a running share tells its news. Called by one thread at a time. */
@FunctionalInterface
interface ShareReport {
    void tell(ShareEvent event);

    /** One JSON object a line on standard output. */
    static ShareReport json(Terminal terminal) {
        return event -> terminal.print(Json.of(event));
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
            case ShareEvent.Stage stage -> sayStage(terminal, stage);
            case ShareEvent.Reconnecting again ->
                terminal.say(
                        terminal.bad("Connection lost") + ": " + Printable.of(again.reason()) + ". Reconnecting...");
            case ShareEvent.Webhook webhook -> terminal.say(webhook.forPeople(terminal));
            case ShareEvent.Lost lost ->
                terminal.say(terminal.bad("Not answering") + ": " + Printable.of(lost.reason()));
            case ShareEvent.Blocked blocked ->
                terminal.say(terminal.bad("Blocked host") + ": " + Printable.of(blocked.advice()));
            case ShareEvent.Stopped stopped -> terminal.say("Stopped: " + Printable.of(stopped.reason()));
        }
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
