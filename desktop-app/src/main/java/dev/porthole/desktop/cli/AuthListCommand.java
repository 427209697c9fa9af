package dev.porthole.desktop.cli;

import dev.porthole.core.KnownSignIn;
import dev.porthole.core.PortholeException;
import dev.porthole.core.api.User;
import java.util.List;
import picocli.CommandLine;

@CommandLine.Command(
        name = "list",
        aliases = "ls",
        description = "Lists who signed in on this computer, and where; * marks the active one.")
final class AuthListCommand extends Command {
    AuthListCommand(Surroundings surroundings, CommonOptions options) {
        super(surroundings, options);
    }

    /** The document of {@code --output json}. */
    record Document(List<Row> signIns) {}

    /**
     * One sign-in of it.
     *
     * @param state signed_in, or expired if the server took it no more
     */
    record Row(boolean active, String server, User user, String state) {
        static Row of(KnownSignIn one) {
            return new Row(one.active(), one.server().toString(), one.user(), one.ended() ? "expired" : "signed_in");
        }
    }

    @Override
    int run(Session session) throws PortholeException {
        List<Row> rows = session.porthole().signIns().stream().map(Row::of).toList();
        answer(
                new Document(rows),
                rows.stream().map(row -> row.user().id()).toList(),
                terminal -> show(rows, terminal));
        return FINE;
    }

    private static void show(List<Row> rows, Terminal terminal) {
        if (rows.isEmpty()) {
            terminal.say("Nobody is signed in. Run: porthole auth login");
            return;
        }
        Table table = new Table(" ", "USER", "SERVER", "STATE", "ID")
                .whole(2)
                .painted(3, state -> state.equals("expired") ? terminal.bad(state) : state);
        rows.forEach(row -> table.row(
                row.active() ? "*" : " ",
                AuthLoginCommand.nameOf(row.user()),
                row.server(),
                row.state(),
                row.user().id()));
        table.printTo(terminal);
    }
}
