package dev.porthole.desktop.cli;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where {@code porthole up} tells its news. Called by one thread at a time. */
@FunctionalInterface
interface UpReport {
    void tell(UpEvent event);

    /** One JSON object a line on standard output. */
    static UpReport json(Terminal terminal) {
        return event -> terminal.print(
                event instanceof UpEvent.Of of ? Json.with(of.event(), Map.of("tunnel", of.tunnel())) : Json.of(event));
    }

    /** A line for each change of a tunnel's state; the table, and addresses after it, are the data. */
    static UpReport text(Terminal terminal, String file) {
        return new Lines(terminal, file);
    }

    /** For people. */
    final class Lines implements UpReport {
        private final Terminal terminal;
        private final String file;
        private boolean started;
        private @Nullable ShareEvent lastOfLink;

        private Lines(Terminal terminal, String file) {
            this.terminal = terminal;
            this.file = file;
        }

        @Override
        public void tell(UpEvent event) {
            switch (event) {
                case UpEvent.Of of -> ofShare(of.tunnel(), of.event());
                case UpEvent.Changed changed ->
                    address(changed.tunnel(), "changed " + String.join(", ", changed.what()), changed.url());
                case UpEvent.Noted noted -> say(noted.tunnel(), "Note", noted.message());
                case UpEvent.EditFailed failed -> sayBad(failed.tunnel(), "Not changed", failed.message());
                case UpEvent.FileRefused refused -> {
                    refused.problems().forEach(problem -> terminal.say(Printable.of(problem)));
                    terminal.say(terminal.bad("Not applied") + ": what ran before runs on, until " + Printable.of(file)
                            + " can be read again.");
                }
                case UpEvent.Started all -> table(all);
            }
        }

        private void ofShare(String key, ShareEvent event) {
            switch (event) {
                case ShareEvent.Stage stage
                when stage.state().equals("waiting") ->
                    say(key, "Waiting", stage.detail() == null ? stage.stage() : stage.detail());
                case ShareEvent.Ready ready ->
                    address(
                            key,
                            terminal.good(String.format(Locale.ROOT, "ready after %.1f s", ready.seconds())),
                            ready.url());
                case ShareEvent.Reconnecting again -> {
                    // All tunnels lost the same link: once is enough.
                    if (!again.equals(lastOfLink)) {
                        lastOfLink = again;
                        terminal.say(terminal.bad("Connection lost") + ": " + Printable.of(again.reason())
                                + ". Reconnecting...");
                    }
                }
                case ShareEvent.Webhook webhook -> terminal.say(Printable.of(key) + ": " + webhook.forPeople(terminal));
                case ShareEvent.Lost lost -> sayBad(key, "Not answering", lost.reason());
                case ShareEvent.Blocked blocked -> sayBad(key, "Blocked host", blocked.advice());
                case ShareEvent.Failed failed -> sayBad(key, "Not shared", failed.message());
                case ShareEvent.Stopped stopped -> say(key, "Stopped", stopped.reason());
                default -> {}
            }
        }

        private void address(String key, String what, String url) {
            String line = Printable.of(key) + ": " + what + ": " + Printable.of(url);
            if (started) {
                terminal.print(terminal.quiet() ? Printable.of(url) : line);
            } else {
                terminal.say(line);
            }
        }

        private void table(UpEvent.Started all) {
            started = true;
            if (terminal.quiet()) {
                all.tunnels().stream()
                        .filter(row -> row.url() != null)
                        .forEach(row -> terminal.print(Printable.of(String.valueOf(row.url()))));
                return;
            }
            Table table = new Table("TUNNEL", "STATE", "ADDRESS", "ENDPOINT");
            all.tunnels()
                    .forEach(row ->
                            table.row(row.tunnel(), row.state(), row.url() == null ? "-" : row.url(), row.endpoint()));
            table.printTo(terminal);
            terminal.say("What you save in " + Printable.of(file) + " is applied. Press Ctrl+C to stop...");
        }

        private void say(String key, String what, String text) {
            terminal.say(Printable.of(key) + ": " + what + ": " + Printable.of(text));
        }

        private void sayBad(String key, String what, String text) {
            terminal.say(Printable.of(key) + ": " + terminal.bad(what) + ": " + Printable.of(text));
        }
    }
}
