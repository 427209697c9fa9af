package dev.porthole.bench.compare;

import dev.porthole.core.agent.Agent;
import dev.porthole.core.agent.AgentConfig;
import dev.porthole.core.agent.AgentTime;
import dev.porthole.core.api.ConnectorRegistration;
import dev.porthole.core.api.ControlPlaneClient;
import dev.porthole.core.api.Credentials;
import dev.porthole.core.api.Endpoint;
import dev.porthole.core.api.ServerAddress;
import dev.porthole.core.api.Tunnel;
import dev.porthole.core.api.TunnelUpdate;
import dev.porthole.core.proxy.CarriedTunnel;
import dev.porthole.core.proxy.Transport;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Many tunnels on many agents, which share this program's one event loop: requests a second over all of them, beside
 * those over one of them in the same set-up. Needs the distribution on its class path: {@code server/src/bench/run
 * tunnels}.
 */
public final class ManyTunnels {
    private static final int ROUNDS = 5;

    /**
     * Rounds that do not count: until the virtual machines have compiled both loads' code. After a single one the
     * compilers took a fifth of two processors from the runs that counted.
     */
    private static final int WARM_UPS = 4;

    private static final int CONNECTIONS = 32;
    private static final int CALLS_AT_ONCE = 16;

    private final Semaphore calls = new Semaphore(CALLS_AT_ONCE);

    private ManyTunnels() {}

    /** @param arguments the launcher, how many tunnels, on how many agents, how many seconds a run */
    public static void main(String... arguments) throws Exception {
        Path launcher = Path.of(arguments[0]);
        int tunnels = Integer.parseInt(arguments[1]);
        int agents = Integer.parseInt(arguments[2]);
        int seconds = Integer.parseInt(arguments[3]);
        Path folder = Files.createTempDirectory("porthole-bench");
        try (Origin origin = Origin.open(folder.resolve("origin"));
                PortholeServerProcess server = PortholeServerProcess.start(launcher, folder.resolve("server"), false);
                Transport transport = new Transport()) {
            new ManyTunnels().run(folder, origin, server, transport, tunnels, agents, seconds);
        }
        Folders.delete(folder);
        System.exit(0);
    }

    private void run(
            Path folder,
            Origin origin,
            PortholeServerProcess server,
            Transport transport,
            int tunnels,
            int agents,
            int seconds)
            throws Exception {
        URI address = URI.create("http://localhost:" + server.port());
        ControlPlaneClient client =
                new ControlPlaneClient(new ServerAddress(address), Credentials.ofKey(server.key()), "bench");
        String project = client.projects().getFirst().id();
        Endpoint endpoint = Endpoint.parse("127.0.0.1:" + origin.filesPort());
        List<String> hosts = Collections.synchronizedList(new ArrayList<>());
        List<Agent> running = Collections.synchronizedList(new ArrayList<>());
        long begin = System.nanoTime();
        inParallel(agents, number -> {
            String connector = calling(() -> client.registerManaged(
                            project, "device-" + number, new ConnectorRegistration("bench " + number)))
                    .id();
            Agent agent = new Agent(
                    AgentConfig.of(address, connector, "bench"),
                    new BenchControl(client, project, connector),
                    new NoStore(),
                    AgentTime.system(),
                    new SplittableRandom(),
                    transport);
            running.add(agent);
            List<Tunnel> carried = new ArrayList<>();
            for (int own = number; own < tunnels; own += agents) {
                // The server wants an endpoint of its own for each; the agent knows where they really go.
                Tunnel tunnel = calling(
                                () -> client.createTunnel(project, BenchControl.request(carried.size(), number)))
                        .value();
                carried.add(tunnel);
                agent.carry(new CarriedTunnel(tunnel.id(), endpoint));
                hosts.add(URI.create(tunnel.url()).getHost());
            }
            agent.connect();
            agent.registered().get(120, TimeUnit.SECONDS);
            for (Tunnel tunnel : carried) {
                calling(() -> client.updateTunnel(project, tunnel.id(), TunnelUpdate.enable(connector), null));
            }
            agent.announceAgain();
            return null;
        });
        System.err.printf("%d tunnels on %d agents after %.1f s%n", tunnels, agents, (System.nanoTime() - begin) / 1e9);
        Files.write(folder.resolve("hosts"), hosts);
        Files.write(folder.resolve("host"), hosts.subList(0, 1));
        Path script = Files.writeString(folder.resolve("hosts.lua"), HOSTS);
        List<Double> ratios = new ArrayList<>();
        List<Double> one = new ArrayList<>();
        List<Double> all = new ArrayList<>();
        for (int round = 1 - WARM_UPS; round <= ROUNDS; round++) {
            Wrk single = Wrk.run(server.port(), CONNECTIONS, seconds, script, folder.resolve("host"));
            Wrk many = Wrk.run(server.port(), CONNECTIONS, seconds, script, folder.resolve("hosts"));
            System.err.printf(
                    "%s: %s of one, %s of all%n",
                    round > 0 ? "round " + round : "warm-up",
                    Results.number(single.perSecond()),
                    Results.number(many.perSecond()));
            if (round > 0) {
                one.add(single.perSecond());
                all.add(many.perSecond());
                ratios.add(many.perSecond() / single.perSecond());
            }
        }
        System.out.printf(
                "| requests/s, 32 connections, %,d tunnels on %,d agents | %s | of one tunnel's in the same set-up: %s"
                        + " | %s x |%n",
                tunnels,
                agents,
                Results.number(Results.median(all)),
                Results.number(Results.median(one)),
                Results.number(Results.median(ratios)));
        System.out.printf(
                "| RSS of the server with them, MiB | %s |%n",
                Results.number(ProcessFigures.residentMebibytes(server.processes())));
        inParallel(agents, number -> {
            running.get(number).close();
            return null;
        });
    }

    /** Each request names another host of a file; wrk's own way of telling it where that is, is an argument. */
    private static final String HOSTS = """
            local hosts = {}
            local at = 0
            function init(arguments)
              for line in io.lines(arguments[1]) do hosts[#hosts + 1] = line end
            end
            function request()
              at = at % #hosts + 1
              return "GET /1k HTTP/1.1\\r\\nHost: " .. hosts[at] .. "\\r\\n\\r\\n"
            end
            """;

    private interface Work {
        Void of(int number) throws Exception;
    }

    private static void inParallel(int count, Work work) throws InterruptedException, ExecutionException {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Void>> all = new ArrayList<>();
            for (int number = 0; number < count; number++) {
                int own = number;
                all.add(threads.submit(() -> work.of(own)));
            }
            for (Future<Void> each : all) {
                each.get();
            }
        }
    }

    private <T> T calling(Callable<T> call) throws Exception {
        calls.acquire();
        try {
            return call.call();
        } finally {
            calls.release();
        }
    }
}
