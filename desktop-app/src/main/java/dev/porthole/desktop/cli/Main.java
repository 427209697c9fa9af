package dev.porthole.desktop.cli;

import dev.porthole.core.Porthole;
import dev.porthole.core.api.HttpExchange;
import dev.porthole.core.config.PortholeHome;
import dev.porthole.desktop.ProductVersion;
import dev.porthole.desktop.embedded.EmbeddedServer;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The command line's entry: every command but {@code server}, which is a program of its own. */
public final class Main {
    /** Commands that need no server. */
    private static final Set<String> TALKS_TO_ITSELF = Set.of("completion", "config", "server", "open", "init");

    private Main() {}

    public static void main(String[] args) {
        if (args.length == 1 && (args[0].equals("--version") || args[0].equals("-V"))) {
            // Without the tree of commands. The launcher asks ProductVersion itself.
            System.out.println(ProductVersion.line());
            return;
        }
        int code = run(args);
        HttpExchange.end();
        System.exit(code);
    }

    private static int run(String[] args) {
        CliLogging.use();
        PortholeHome home = PortholeHome.ofThisProcess();
        Map<String, String> environment = System.getenv();
        CliLog.start(home);
        // Not before: whoever logs before Logback is there gets another one.
        if (asks(args)) {
            Thread.ofPlatform()
                    .daemon()
                    .name("prepare")
                    .start(() -> Porthole.prepare(home, environment.get("PORTHOLE_SERVER")));
        }
        Surroundings surroundings = new Surroundings(
                Terminal.ofThisProcess(environment),
                environment,
                home,
                options -> Porthole.open(home, options),
                () -> EmbeddedServer.join(home),
                Porthole.BrowserOpener.system(),
                new SystemInterrupts(),
                ProductVersion.text(),
                new SystemWindow());
        return new Cli(surroundings).run(args);
    }

    /**
     * Whether a server will be asked, as far as one can tell before the words are read. The training of the start-up
     * archive asks one, so that the archive holds what getting ready takes.
     */
    private static boolean asks(String[] args) {
        return args.length > 0
                && !args[0].isEmpty()
                && (Character.isLetter(args[0].charAt(0)) || args[0].equals(EachLineCommand.NAME))
                && !TALKS_TO_ITSELF.contains(args[0])
                && !List.of(args).contains("--help");
    }
}
