package dev.porthole.desktop.e2e;

import dev.porthole.core.Porthole;
import dev.porthole.core.Porthole.ShareRequest;
import dev.porthole.core.PortholeException;
import dev.porthole.core.SignIn;
import dev.porthole.core.TunnelState;
import dev.porthole.core.api.Endpoint;
import dev.porthole.core.config.PortholeHome;
import dev.porthole.core.observe.Subscription;
import dev.porthole.server.LeaseCount;
import dev.porthole.server.PortholeServer;
import dev.porthole.server.StandardComposition;
import dev.porthole.server.admin.AdminClient;
import dev.porthole.server.config.ServerSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A real server on a free port of this computer, and one person's Porthole that is signed in to it as its owner. */
final class World implements AutoCloseable {
    /** Someone else with an account, who has a project of their own. */
    static final String OTHER_USER = "grace";

    private static final String OTHER_PASSWORD = "a moth in relay seventy";

    private final Path folder;
    private final int port;
    private final String tunnelDomain;
    private final boolean own;
    private final Porthole porthole;
    private PortholeServer server;

    private World(Path folder, String tunnelDomain, boolean own, PortholeServer server, Porthole porthole) {
        this.folder = folder;
        this.own = own;
        this.tunnelDomain = tunnelDomain;
        this.server = server;
        this.port = server.address().getPort();
        this.porthole = porthole;
    }

    static World start() throws IOException, PortholeException {
        return start("localhost");
    }

    /** With its tunnels below this domain. */
    static World start(String tunnelDomain) throws IOException, PortholeException {
        return start(tunnelDomain, false);
    }

    /** With the server that the app brings along, whose owner's computer this is. */
    static World startOwn() throws IOException, PortholeException {
        return start("localhost", true);
    }

    private static World start(String tunnelDomain, boolean own) throws IOException, PortholeException {
        Path folder = Files.createTempDirectory("porthole-world");
        PortholeServer server = serve(folder, 0, tunnelDomain, own);
        Porthole porthole = Porthole.open(PortholeHome.in(folder.resolve("home")), Porthole.Options.of("test"));
        World world = new World(folder, tunnelDomain, own, server, porthole);
        world.signIn(porthole);
        return world;
    }

    private static PortholeServer serve(Path folder, int port, String tunnelDomain, boolean own) {
        return PortholeServer.start(
                new ServerSettings(
                        folder.resolve("server"), "127.0.0.1", port, null, tunnelDomain, ServerSettings.LogLevel.warn),
                own,
                new StandardComposition(
                        Map.of("PORTHOLE_ADMIN_USER", OTHER_USER, "PORTHOLE_ADMIN_PASSWORD", OTHER_PASSWORD)),
                LeaseCount.unlimited());
    }

    /** Signs another Porthole in as the same owner. */
    SignIn.SignedIn signIn(Porthole other) throws PortholeException {
        return other.signInAsOwner(URI.create("http://localhost:" + port), (challenge, redirect) -> {
            try (AdminClient admin = AdminClient.connect(folder.resolve("server"))) {
                return admin.ownerCode(challenge, redirect.toString());
            } catch (IOException failed) {
                throw new PortholeException(PortholeException.Kind.UNREACHABLE, "no admin socket", failed);
            }
        });
    }

    Path folder() {
        return folder;
    }

    int port() {
        return port;
    }

    Porthole porthole() {
        return porthole;
    }

    /** Shares a port and waits until it is ready. */
    TunnelState share(int localPort) throws PortholeException {
        return porthole.share(ShareRequest.of(Endpoint.parse(String.valueOf(localPort))), step -> {});
    }

    /** The public address of the tunnel that shares this port. */
    String addressOf(int localPort) throws PortholeException {
        return porthole.listTunnels().stream()
                .filter(state -> state.tunnel().endpoint().port() == localPort)
                .findFirst()
                .orElseThrow()
                .tunnel()
                .url();
    }

    /** Waits until this computer sees a tunnel as wanted. */
    TunnelState awaitTunnel(String id, Predicate<TunnelState> wanted) throws Exception {
        CompletableFuture<TunnelState> seen = new CompletableFuture<>();
        try (Subscription _ = porthole.tunnels()
                .subscribe(all -> all.stream()
                        .filter(state -> state.tunnel().id().equals(id) && wanted.test(state))
                        .forEach(seen::complete))) {
            return seen.get(Visitor.PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }
    }

    /** Stops the server; its folder stays. */
    void stopServer() {
        server.close();
    }

    /** Starts it again on the same folder and port. */
    void startServer() {
        server = serve(folder, port, tunnelDomain, own);
    }

    @Override
    public void close() {
        var _ = porthole.close(true);
        server.close();
    }
}
