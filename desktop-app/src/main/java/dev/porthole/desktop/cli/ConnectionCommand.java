package dev.porthole.desktop.cli;

import dev.porthole.core.PortholeException;
import dev.porthole.core.api.ConnectorConnection;
import java.util.Optional;
import picocli.CommandLine.Mixin;

/** A command that tells how an external connector's agent is started. */
abstract class ConnectionCommand extends Command {
    @Mixin
    private ConnectionReport report = new ConnectionReport();

    ConnectionCommand(Surroundings surroundings, CommonOptions options) {
        super(surroundings, options);
    }

    /** What is to be told; empty if a person thought better of it. */
    abstract Optional<ConnectorConnection> connection(Session session) throws PortholeException;

    @Override
    final int run(Session session) throws PortholeException {
        Optional<ConnectorConnection> connection = connection(session);
        if (connection.isEmpty()) {
            return FINE;
        }
        if (options.json() || options.quiet()) {
            answer(ConnectionReport.Document.of(connection.get()), ConnectionReport.data(connection.get()), _ -> {});
        } else {
            report.print(terminal(), connection.get());
        }
        return FINE;
    }
}
