package dev.porthole.desktop.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.porthole.core.PortholeException;
import dev.porthole.core.api.Discovery;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;

@CommandLine.Command(
        name = "version",
        description = "Shows the version of Porthole here, and of the server if it answers within three seconds.",
        footerHeading = "%nExample:%n",
        footer = "  porthole version --output json")
final class VersionCommand implements Callable<Integer> {
    private static final int PATIENCE_SECONDS = 3;

    private final Surroundings surroundings;
    private final CommonOptions options;

    @Option(names = "--client", description = "Asks no server.")
    private boolean client;

    VersionCommand(Surroundings surroundings, CommonOptions options) {
        this.surroundings = surroundings;
        this.options = options;
    }

    /** The document of {@code --output json}; without {@code server} where none was asked. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Document(
            String version,
            String java,
            String system,
            @Nullable Server server) {}

    /** What is known of the server: its version, or why not. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Server(
            @Nullable String version,
            @Nullable String issuer,
            @Nullable String problem) {}

    @Override
    public Integer call() {
        Document document = new Document(
                surroundings.version(),
                System.getProperty("java.version", "-"),
                System.getProperty("os.name", "-") + " " + System.getProperty("os.arch", "-"),
                client ? null : server());
        Terminal terminal = options.heard(surroundings.terminal());
        if (options.json()) {
            terminal.print(Json.of(document));
        } else if (options.quiet()) {
            terminal.print(document.version());
        } else {
            show(document, terminal);
        }
        return Command.FINE;
    }

    private static void show(Document document, Terminal terminal) {
        Fields fields = new Fields(terminal);
        fields.line("porthole", document.version());
        fields.line("java", document.java());
        fields.line("system", document.system());
        Server server = document.server();
        if (server != null) {
            fields.line(
                    "server",
                    server.version() == null ? server.problem() : server.version() + " at " + server.issuer());
        }
    }

    private Server server() {
        try (ExecutorService asking = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Discovery> answer = asking.submit(this::discover);
            try {
                Discovery server = answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
                return new Server(server.version(), server.issuer(), null);
            } catch (TimeoutException silent) {
                answer.cancel(true);
                return new Server(null, null, "no answer within " + PATIENCE_SECONDS + " seconds");
            }
        } catch (ExecutionException failed) {
            return new Server(null, null, why(failed));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return new Server(null, null, "stopped");
        }
    }

    private static String why(ExecutionException failed) {
        Throwable cause = failed.getCause();
        return String.valueOf(cause == null ? failed.getMessage() : cause.getMessage());
    }

    private Discovery discover() throws PortholeException {
        try (Session session = Session.open(surroundings, options)) {
            return session.porthole().discover();
        }
    }
}
