package dev.porthole.desktop.cli;

import dev.porthole.core.Porthole;
import dev.porthole.core.api.HttpExchange;
import dev.porthole.core.config.PortholeHome;
import dev.porthole.desktop.ProductVersion;
import dev.porthole.desktop.embedded.EmbeddedServer;
import java.util.Map;

/** The command line's entry: every command but {@code server}, which is a program of its own. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        if (args.length == 1 && (args[0].equals("--version") || args[0].equals("-V"))) {
            // Scripts ask all day long: this is the start of Java and little else. The launcher gives it this one jar
            // (dispatch.sh), so nothing of a library may be needed.
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
        CliLog.start(home);
        Map<String, String> environment = System.getenv();
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
}
