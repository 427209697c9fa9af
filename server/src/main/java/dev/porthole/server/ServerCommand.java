package dev.porthole.server;

import dev.porthole.server.config.ConfigurationException;
import dev.porthole.server.config.ServerSettings;
import dev.porthole.server.control.PortHolder;
import dev.porthole.server.control.SystemScheduler;
import dev.porthole.server.store.StoreException;
import dev.porthole.server.telemetry.ServerLog;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Runs the server until it is told to stop: by SIGTERM or Ctrl+C, after which it ends gracefully and the virtual
 * machine exits with the signal's code, 143 or 130; or, embedded, by its last lease's end, and then with 0.
 */
@Command(
        name = "server",
        description = "Runs the companion server.",
        mixinStandardHelpOptions = true,
        subcommands = {TokenCommand.class, BackupCommand.class, RestoreCommand.class, CheckConfigCommand.class})
final class ServerCommand implements Callable<Integer> {
    private static final int USAGE = 2;
    /** How long an embedded server waits for whoever started it. */
    private static final Duration FIRST_LEASE = Duration.ofSeconds(30);
    /** From the last program's end to an embedded server's. */
    private static final Duration GRACE = Duration.ofSeconds(5);

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private SettingsOptions options = new SettingsOptions();

    @Option(names = "--embedded", hidden = true, description = "Ends with the last program that needs it.")
    private boolean embedded;

    @Override
    public Integer call() throws InterruptedException {
        try {
            ServerSettings settings = options.read(System.getenv());
            ServerLog.setUp(settings.log());
            return run(settings);
        } catch (ConfigurationException wrong) {
            wrong.mistakes().forEach(this::complain);
            return USAGE;
        } catch (StoreException unusable) {
            complain(String.valueOf(unusable.getMessage()));
            return 1;
        }
    }

    private int run(ServerSettings settings) throws InterruptedException {
        CountDownLatch over = new CountDownLatch(1);
        CountDownLatch stopped = new CountDownLatch(1);
        try (SystemScheduler timer = new SystemScheduler()) {
            LeaseCount leases =
                    embedded ? new LeaseCount(timer, FIRST_LEASE, GRACE, over::countDown) : LeaseCount.unlimited();
            try (PortholeServer server =
                    PortholeServer.start(settings, embedded, new StandardComposition(System.getenv()), leases)) {
                // SIGTERM and Ctrl+C: the virtual machine waits for this thread, and it for the graceful end.
                Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                    over.countDown();
                    await(stopped);
                }));
                say("listening on " + shown(settings.tls().isOn() ? "https" : "http", server.address()));
                over.await();
            } catch (UncheckedIOException failed) {
                complain(failed.getMessage() + ": " + reason(failed, settings.port()));
                return 1;
            }
        } finally {
            ServerLog.flush();
            stopped.countDown();
        }
        return 0;
    }

    /** Netty's own transports put the system call in front of the system's words. */
    private static String reason(UncheckedIOException failed, int port) {
        Throwable cause = failed.getCause() == null ? failed : failed.getCause();
        String words = String.valueOf(cause.getMessage()).replaceFirst("^.*error\\(-?\\d+\\): ", "");
        return words.toLowerCase(Locale.ROOT).contains("in use") ? "it is taken by " + PortHolder.of(port) : words;
    }

    private static String shown(String scheme, InetSocketAddress address) {
        String host = address.getAddress().getHostAddress();
        return scheme + "://" + (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + address.getPort();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void say(String line) {
        if (spec != null) {
            spec.commandLine().getOut().println(line);
            spec.commandLine().getOut().flush();
        }
    }

    private void complain(String line) {
        if (spec != null) {
            spec.commandLine().getErr().println(line);
        }
    }
}
