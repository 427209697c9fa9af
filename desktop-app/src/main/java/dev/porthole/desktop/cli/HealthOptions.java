package dev.porthole.desktop.cli;

import dev.porthole.core.PortholeException;
import dev.porthole.core.PortholeException.Kind;
import dev.porthole.desktop.service.AgentHealth;
import dev.porthole.desktop.service.HealthServer;
import java.io.IOException;
import java.net.InetAddress;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where probes ask how a headless agent is. */
final class HealthOptions {
    private static final int LARGEST_PORT = 65535;

    @Option(
            names = "--health-port",
            paramLabel = "PORT",
            description =
                    "Answers /health, /health/live and /health/ready on this port of loopback; 0 takes a free one. Without it: no port.")
    private @Nullable Integer port;

    @Option(
            names = "--health-bind",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1",
            description = "The address for that port, such as 0.0.0.0 in a container (default: 127.0.0.1).")
    private String bind = "127.0.0.1";

    @Nullable
    Integer port() {
        return port;
    }

    /** Fails for what can't be. */
    void check() throws PortholeException {
        if (port != null && (port < 0 || port > LARGEST_PORT)) {
            throw new PortholeException(Kind.WRONG_USE, "health port: " + port + " (expected: 0-65535)");
        }
        InetAddress _ = address();
    }

    /** The listener, if one is wanted. */
    Optional<HealthServer> start(AgentHealth health, Supplier<CompletableFuture<Void>> pulse, String version)
            throws PortholeException {
        if (port == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(HealthServer.start(address(), port, health, pulse, version));
        } catch (IOException taken) {
            throw new PortholeException(
                    Kind.FAILED,
                    "health port: " + bind + ":" + port + " can't be listened on: " + taken.getMessage(),
                    taken);
        }
    }

    private InetAddress address() throws PortholeException {
        try {
            return InetAddress.ofLiteral(bind);
        } catch (IllegalArgumentException none) {
            throw new PortholeException(
                    Kind.WRONG_USE, "health bind: " + bind + " (expected: an address such as 127.0.0.1 or ::)", none);
        }
    }
}
