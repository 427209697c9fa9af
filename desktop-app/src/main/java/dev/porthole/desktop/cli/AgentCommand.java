package dev.porthole.desktop.cli;

import dev.porthole.core.PortholeException;
import dev.porthole.core.PortholeException.Kind;
import dev.porthole.core.agent.AgentTime;
import dev.porthole.core.api.ControlPlaneClient;
import dev.porthole.core.api.Credentials;
import dev.porthole.core.api.InvalidServerAddressException;
import dev.porthole.core.api.ProblemException;
import dev.porthole.core.api.ServerAddress;
import dev.porthole.core.headless.EndpointsAllowed;
import dev.porthole.core.headless.HeadlessAgent;
import dev.porthole.core.observe.Subscription;
import dev.porthole.desktop.service.AgentHealth;
import dev.porthole.desktop.service.HealthServer;
import dev.porthole.desktop.service.ServiceManager;
import dev.porthole.desktop.service.Watchdog;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@CommandLine.Command(
        name = "agent",
        description = {
            "Carries an external connector's tunnels until it is told to stop; needs no sign-in and no screen.",
            "The connector's credential comes from PORTHOLE_CONNECTOR_TOKEN or --token-file."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  porthole agent --token-file credential --health-port 8081",
            "  porthole agent --log-format json --requests"
        })
final class AgentCommand implements Callable<Integer> {
    private final Surroundings surroundings;
    private final CommonOptions options;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "A file with the credential, instead of PORTHOLE_CONNECTOR_TOKEN.")
    private @Nullable Path tokenFile;

    @Option(
            names = "--allow",
            arity = "1..*",
            paramLabel = "HOST:PORT",
            description = "Dials these alone, whatever the server says. Without it: all that its tunnels name.")
    private List<String> allow = List.of();

    @Option(
            names = "--requests",
            description =
                    "Says each request when it is answered: METHOD /path -> status in N ms, and the id that the server's log has too.")
    private boolean requests;

    @Mixin
    private HealthOptions probes = new HealthOptions();

    @Mixin
    private AgentLogOptions log = new AgentLogOptions();

    AgentCommand(Surroundings surroundings, CommonOptions options) {
        this.surroundings = surroundings;
        this.options = options;
    }

    @Override
    public Integer call() throws PortholeException {
        probes.check();
        AgentLines lines = log.lines(surroundings.terminal());
        ServerAddress server = server();
        EndpointsAllowed allowed = EndpointsAllowed.parse(allow);
        String credential = AgentCredential.of(tokenFile, surroundings.environment());
        try (AgentLog _ = AgentLog.start(lines);
                ServiceManager manager = ServiceManager.of(
                        surroundings.environment(), ProcessHandle.current().pid())) {
            return carry(server, allowed, credential, lines, manager);
        }
    }

    private int carry(
            ServerAddress server, EndpointsAllowed allowed, String credential, AgentLines lines, ServiceManager manager)
            throws PortholeException {
        AgentTime time = AgentTime.system();
        AgentReport report = new AgentReport(surroundings.terminal(), lines, options.json(), time);
        AgentHealth health = new AgentHealth(manager);
        HeadlessAgent agent = new HeadlessAgent(
                new ControlPlaneClient(server, Credentials.ofKey(credential), "Porthole/" + surroundings.version()),
                surroundings.version(),
                allowed,
                time,
                report.and(health));
        Optional<HealthServer> listener = probes.start(health, agent::pulse, surroundings.version());
        listener.map(HealthServer::address).ifPresent(report::probed);
        Thread running = Thread.currentThread();
        try (Watchdog _ = Watchdog.start(manager, agent::pulse, time);
                Subscription _ = requests ? agent.traffic().requests(null, report::passed) : () -> {};
                Subscription _ = surroundings.interrupts().onFirst(() -> {
                    health.stopping();
                    running.interrupt();
                })) {
            agent.run();
            throw new IllegalStateException("an agent ends by a signal or a refusal");
        } catch (InterruptedException stopped) {
            report.stopped();
            return Command.FINE;
        } catch (ProblemException refused) {
            throw report.ended(refusal(refused, server));
        } finally {
            listener.ifPresent(HealthServer::close);
        }
    }

    private ServerAddress server() throws PortholeException {
        String given = options.server(surroundings.environment());
        if (given == null) {
            throw new PortholeException(Kind.WRONG_USE, "server: none (expected: --server ADDRESS or PORTHOLE_SERVER)");
        }
        try {
            return ServerAddress.parse(given);
        } catch (InvalidServerAddressException wrong) {
            throw new PortholeException(Kind.WRONG_USE, String.valueOf(wrong.getMessage()), wrong);
        }
    }

    private static PortholeException refusal(ProblemException refused, ServerAddress server) {
        return switch (refused.status()) {
            case 401, 403 ->
                new PortholeException(
                        Kind.NOT_SIGNED_IN,
                        "The credential is refused by " + server
                                + ": it was rotated, or its connector is gone. Rotate it and start the agent with the"
                                + " new one.",
                        refused);
            case 404, 410 ->
                new PortholeException(
                        Kind.NOT_FOUND, server + " knows no external connectors, or not this one.", refused);
            default -> new PortholeException(Kind.FAILED, String.valueOf(refused.getMessage()), refused);
        };
    }
}
