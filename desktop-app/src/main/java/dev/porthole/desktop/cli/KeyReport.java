package dev.porthole.desktop.cli;

import dev.porthole.core.api.ApiKey;
import dev.porthole.core.api.NewApiKey;
import java.util.List;

/** A key that was just made: the one time that its secret is said. */
record KeyReport(NewApiKey made) {
    /** The document of {@code --output json}. */
    record Document(ApiKey key, String secret) {
        /** Without the secret. */
        @Override
        public String toString() {
            return "Document[key=" + key.id() + "]";
        }
    }

    void print(Command command) {
        ApiKey key = made.key();
        command.answer(new Document(key, made.secret()), List.of(made.secret()), terminal -> {
            terminal.print(Printable.of(made.secret()));
            terminal.say("Key " + Printable.of(key.name()) + " (" + Printable.of(key.id()) + ") may: "
                    + Printable.of(String.join(" ", key.scopes())));
            terminal.say("It is shown this once. Keep it now; porthole keys rotate makes another.");
        });
    }
}
