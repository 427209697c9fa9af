package dev.porthole.core;

import dev.porthole.core.PortholeException.Kind;
import dev.porthole.core.agent.AgentTime;
import dev.porthole.core.api.AuditEntry;
import dev.porthole.core.api.AuditFilter;
import dev.porthole.core.api.ControlPlaneClient;
import dev.porthole.core.api.Discovery;
import dev.porthole.core.api.Endpoint;
import dev.porthole.core.api.HostHeader;
import dev.porthole.core.api.InvalidServerAddressException;
import dev.porthole.core.api.Page;
import dev.porthole.core.api.ProblemException;
import dev.porthole.core.api.Project;
import dev.porthole.core.api.ServerAddress;
import dev.porthole.core.api.TunnelAddress;
import dev.porthole.core.api.TunnelRequest;
import dev.porthole.core.api.TunnelUpdate;
import dev.porthole.core.config.ConfigFile;
import dev.porthole.core.config.PortholeHome;
import dev.porthole.core.discovery.ListeningPort;
import dev.porthole.core.discovery.PortScanner;
import dev.porthole.core.doctor.Doctor;
import dev.porthole.core.doctor.Patient;
import dev.porthole.core.observe.Observable;
import dev.porthole.core.observe.Observed;
import dev.porthole.core.observe.Subscription;
import dev.porthole.core.project.ProjectContext;
import dev.porthole.core.traffic.PassedRequest;
import dev.porthole.core.traffic.Traffic;
import dev.porthole.core.traffic.TrafficBook;
import dev.porthole.core.tunnel.ProjectNews;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The façade's implementation: hands each call to the part that does it, and puts failures into words. */
final class PortholeCore implements Porthole {
    private final ConfigFile config;
    private final ProjectContext projects;
    private final Connections connections;
    private final TrafficBook traffic;
    private final OwnUrls ownUrls;
    private final Observed<List<TunnelState>> tunnels = new Observed<>(List.of());
    private final Observed<Link> link = new Observed<>(new Link.Idle());
    private final Observed<Long> news = new Observed<>(0L);
    private final ProjectConnectors connectors;
    private final ProjectKeys keys;
    private final ProjectOwnership ownership;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final ConfirmInBackground confirmation;
    private final Subscription configChanges;
    private final Subscription endpointChanges;
    private final Doctor doctor;
    private final Options options;
    private volatile boolean keeping;

    private PortholeCore(PortholeHome home, Options options, AgentTime time) throws PortholeException {
        config = new ConfigFile(home.configFile(), time);
        this.options = options;
        doctor = Doctor.of(this::patient, home, options.clientVersion(), time);
        projects = new ProjectContext(config, options.project(), home.stateFile("project.json"));
        confirmation = new ConfirmInBackground(this::confirmProject, time);
        traffic = new TrafficBook(time, time::after);
        ownUrls = OwnUrls.of(config, options.publicUrl());
        connections = new Connections(home, options, config, time, traffic, this::connected);
        connectors = new CoreConnectors(connections, this::requireProject, home);
        keys = new CoreKeys(connections, this::requireProject);
        ownership = new CoreOwnership(connections, this::confirmProject);
        try {
            if (options.follows()) {
                config.watch();
            }
            connections.restore();
        } catch (IOException unusable) {
            abandon();
            throw Failures.of(unusable, null);
        } catch (PortholeException refused) {
            abandon();
            throw refused;
        }
        configChanges = config.config().map(choices -> choices.project()).subscribe(_ -> projectChosen());
        endpointChanges =
                config.config().map(choices -> choices.endpointChoices()).subscribe(_ -> endpointsChosen());
    }

    private void abandon() {
        List<String> _ = connections.close(false);
        config.close();
    }

    static Porthole open(PortholeHome home, Options options) throws PortholeException {
        return open(home, options, AgentTime.system());
    }

    /** With a time that a test moves. */
    static Porthole open(PortholeHome home, Options options, AgentTime time) throws PortholeException {
        return new PortholeCore(home, options, time);
    }

    @Override
    public ConfigFile config() {
        return config;
    }

    @Override
    public Observable<SignIn> signIn() {
        return connections.signIn();
    }

    @Override
    public Observable<Optional<Project>> activeProject() {
        return projects.active();
    }

    @Override
    public Observable<List<TunnelState>> tunnels() {
        return tunnels;
    }

    @Override
    public Observable<Traffic> traffic(String tunnelId) {
        return traffic.traffic(tunnelId);
    }

    @Override
    public Subscription requests(String tunnelId, Consumer<? super PassedRequest> listener) {
        return traffic.requests(tunnelId, listener);
    }

    @Override
    public Observable<Map<Endpoint, OwnUrl>> ownUrls() {
        return ownUrls.all();
    }

    @Override
    public Optional<URI> publicUrlFromOutside() {
        return Optional.ofNullable(ownUrls.fromOutside());
    }

    @Override
    public Observable<Link> link() {
        return link;
    }

    @Override
    public Observable<Long> news() {
        return news;
    }

    @Override
    public ProjectConnectors connectors() {
        return connectors;
    }

    @Override
    public Page<AuditEntry> activity(AuditFilter filter, @Nullable String cursor) throws PortholeException {
        String project = requireProject();
        return connections.call(connection -> connection.client().audit(project, filter, cursor));
    }

    @Override
    public ProjectKeys keys() {
        return keys;
    }

    @Override
    public Discovery discover() throws PortholeException {
        Connection connection = connections.current();
        ServerAddress server =
                connection == null ? chosenServer() : connection.client().server();
        if (server == null) {
            throw new PortholeException(Kind.WRONG_USE, "No server is chosen yet.");
        }
        try {
            return ControlPlaneClient.discover(server);
        } catch (ProblemException problem) {
            throw Failures.of(problem);
        } catch (IOException silent) {
            throw Failures.of(silent, server);
        } catch (InterruptedException stopped) {
            throw Failures.of(stopped);
        }
    }

    @Override
    public ProjectOwnership ownership() {
        return ownership;
    }

    @Override
    public SignIn.SignedIn signInWithBrowser(String server, BrowserOpener browser) throws PortholeException {
        ServerAddress address = address(server);
        SignIn.SignedIn signedIn = connections.signIn(address, flow -> flow.withBrowser(browser));
        confirmProject();
        return signedIn;
    }

    @Override
    public SignIn.SignedIn signInWithDevice(String server, DevicePrompt person) throws PortholeException {
        ServerAddress address = address(server);
        SignIn.SignedIn signedIn = connections.signIn(address, flow -> flow.withDevice(person));
        confirmProject();
        return signedIn;
    }

    @Override
    public SignIn.SignedIn signInAsOwner(URI server, OwnerCodeSource codes) throws PortholeException {
        ServerAddress address = address(server.toString());
        if (!address.isLoopback()) {
            throw new PortholeException(
                    Kind.WRONG_USE, "server: " + server + " (expected: this computer's own server)");
        }
        SignIn.SignedIn signedIn = connections.signIn(address, flow -> flow.asOwner(codes));
        confirmProject();
        return signedIn;
    }

    @Override
    public void signOut() throws PortholeException {
        connections.signOut();
    }

    @Override
    public List<KnownSignIn> signIns() throws PortholeException {
        return connections.known();
    }

    @Override
    public void switchSignIn(KnownSignIn wanted) throws PortholeException {
        connections.switchTo(wanted);
    }

    @Override
    public List<Project> projects() throws PortholeException {
        return connections.call(connection -> projects.all(connection.client()));
    }

    @Override
    public Optional<Project> confirmProject() throws PortholeException {
        return connections.call(connection -> {
            Optional<Project> confirmed = projects.confirm(connection.client());
            show(connection, confirmed.map(Project::id).orElse(null));
            return confirmed;
        });
    }

    @Override
    public void switchProject(String projectId) throws PortholeException {
        Project _ = connections.call(connection -> {
            Project project = projects.switchTo(connection.client(), projectId);
            show(connection, project.id());
            return project;
        });
    }

    @Override
    public List<TunnelState> listTunnels() throws PortholeException {
        String project = requireProject();
        return connections.call(connection -> connection.tunnels().list(project));
    }

    @Override
    public TunnelState share(ShareRequest request, Consumer<? super ShareProgress> progress) throws PortholeException {
        String project = requireProject();
        TunnelRequest wanted = new TunnelRequest(
                checked(request.endpoint()),
                request.name(),
                request.label(),
                request.expiresAt(),
                request.hostHeader(),
                request.address(),
                request.visibleInNetwork(),
                null,
                null,
                request.quick() ? true : null);
        forgetOwnUrl(request.endpoint());
        return connections.call(connection -> connection.tunnels().share(project, wanted, progress));
    }

    @Override
    public Optional<TunnelState> carriedBesides(Endpoint endpoint) throws PortholeException {
        String project = requireProject();
        Endpoint wanted = checked(endpoint);
        return connections.call(connection -> connection.tunnels().carriedBesides(project, wanted));
    }

    @Override
    public TunnelState enable(String tunnelId, Consumer<? super ShareProgress> progress) throws PortholeException {
        Optional<TunnelState> known = known(tunnelId);
        if (known.isPresent()) {
            forgetOwnUrl(known.get().tunnel().endpoint());
        }
        return connections.call(connection -> connection.tunnels().enable(tunnelId, progress));
    }

    @Override
    public TunnelState update(String tunnelId, @Nullable String label, @Nullable Endpoint endpoint)
            throws PortholeException {
        Endpoint wanted = endpoint == null ? null : checked(endpoint);
        return connections.call(
                connection -> connection.tunnels().update(tunnelId, TunnelUpdate.describe(label, wanted)));
    }

    @Override
    public MadeTunnel create(ShareRequest request, @Nullable String connector) throws PortholeException {
        String project = requireProject();
        // An external connector's folder is on its own computer.
        Endpoint endpoint = connector == null ? checked(request.endpoint()) : request.endpoint();
        TunnelRequest wanted = new TunnelRequest(
                endpoint,
                request.name(),
                request.label(),
                request.expiresAt(),
                request.hostHeader(),
                request.address(),
                request.visibleInNetwork(),
                null,
                connector,
                null);
        return connections.call(connection -> connection.tunnels().create(project, wanted));
    }

    @Override
    public TunnelState change(String tunnelId, TunnelUpdate changes) throws PortholeException {
        Endpoint endpoint = changes.endpoint();
        TunnelUpdate wanted = endpoint == null ? changes : changes.to(checked(endpoint));
        return connections.call(connection -> connection.tunnels().update(tunnelId, wanted));
    }

    @Override
    public TunnelState enableElsewhere(String tunnelId) throws PortholeException {
        return connections.call(connection -> connection.tunnels().enableElsewhere(tunnelId));
    }

    @Override
    public TunnelState show(String tunnelId, HostHeader hostHeader) throws PortholeException {
        return connections.call(connection -> connection.tunnels().update(tunnelId, TunnelUpdate.show(hostHeader)));
    }

    @Override
    public TunnelState reach(String tunnelId, TunnelAddress address, boolean visibleInNetwork)
            throws PortholeException {
        return connections.call(connection -> connection.tunnels().reach(tunnelId, address, visibleInNetwork));
    }

    @Override
    public TunnelState expire(String tunnelId, @Nullable Instant at) throws PortholeException {
        return connections.call(connection -> connection.tunnels().update(tunnelId, TunnelUpdate.expire(at)));
    }

    @Override
    public void useOwnUrl(Endpoint endpoint, URI url) throws PortholeException {
        for (TunnelState state : tunnels.get()) {
            if (state.here() && state.tunnel().endpoint().equals(endpoint)) {
                stop(state.tunnel().id());
            }
        }
        ownUrls.choose(endpoint, url);
    }

    @Override
    public void forgetOwnUrl(Endpoint endpoint) throws PortholeException {
        if (ownUrls.all().get().containsKey(endpoint)) {
            ownUrls.choose(endpoint, null);
        }
    }

    @Override
    public PublicStatus publicStatus(String tunnelId) throws PortholeException {
        TunnelState state =
                known(tunnelId).orElseThrow(() -> new PortholeException(Kind.NOT_FOUND, "No such tunnel: " + tunnelId));
        OwnUrl own = ownUrls.all().get().get(state.tunnel().endpoint());
        String connector = state.tunnel().connector();
        boolean hasCredential = connections.call(
                connection -> connector != null && connection.tunnels().hasCredential(connector));
        return new PublicStatus(
                state.here() && link.get() instanceof Link.Connected,
                own == null ? state.tunnel().url() : own.url().toString(),
                hasCredential);
    }

    @Override
    public void stop(String tunnelId) throws PortholeException {
        boolean _ = connections.call(connection -> {
            connection.tunnels().stop(tunnelId);
            return true;
        });
    }

    @Override
    public void delete(String tunnelId) throws PortholeException {
        boolean _ = connections.call(connection -> {
            connection.tunnels().delete(tunnelId);
            return true;
        });
    }

    @Override
    public void keepTunnels() {
        keeping = true;
        Connection connection = connections.current();
        if (connection != null) {
            connection.tunnels().keep();
        }
    }

    @Override
    public List<ListeningPort> listeningPorts() throws PortholeException {
        try {
            return PortScanner.ofThisSystem().scan();
        } catch (IOException failed) {
            throw new PortholeException(
                    Kind.FAILED,
                    "The programs that listen on this computer can't be listed: " + failed.getMessage(),
                    failed);
        } catch (InterruptedException stopped) {
            throw Failures.of(stopped);
        }
    }

    @Override
    public Doctor doctor() {
        return doctor;
    }

    private Patient patient() {
        Connection connection = connections.current();
        return new Patient(
                connection == null ? chosenServer() : connection.client().server(),
                running().get().stream()
                        .filter(state -> state.phase() != TunnelState.Phase.STOPPED)
                        .toList(),
                link.get(),
                options.apiKey() == null);
    }

    /** The one of this process or that the configuration names; null for none, or for none that can be. */
    private @Nullable ServerAddress chosenServer() {
        try {
            return Optional.ofNullable(options.server())
                    .or(config.config().get()::server)
                    .map(ServerAddress::parse)
                    .orElse(null);
        } catch (InvalidServerAddressException wrong) {
            return null;
        }
    }

    @Override
    public List<String> close(boolean stopTunnels) {
        if (!closed.compareAndSet(false, true)) {
            return List.of();
        }
        confirmation.close();
        configChanges.close();
        endpointChanges.close();
        List<String> stillOn = connections.close(stopTunnels);
        config.close();
        return stillOn;
    }

    /** A connection begins, or (null) there is none any more. */
    private List<Subscription> connected(@Nullable Connection connection) {
        if (connection == null) {
            projects.leave();
            tunnels.set(List.of());
            link.set(new Link.Idle());
            return List.of();
        }
        List<Subscription> subscriptions = List.of(
                connection.tunnels().tunnels().subscribe(tunnels::set),
                connection.tunnels().link().subscribe(link::set),
                connection.tunnels().news().subscribe(this::heard));
        if (keeping) {
            connection.tunnels().keep();
        }
        projects.chosen().ifPresent(project -> show(connection, project));
        confirmInBackground();
        return subscriptions;
    }

    private void heard(ProjectNews what) {
        news.update(number -> number + 1);
        if (what.type().startsWith("project.")) {
            confirmInBackground();
        }
    }

    /** This project is the one that is looked at, now and as it changes. */
    private void show(Connection connection, @Nullable String project) {
        if (options.follows()) {
            connection.tunnels().follow(project);
        } else {
            connection.tunnels().lookAt(project);
        }
    }

    private void confirmInBackground() {
        if (options.follows()) {
            confirmation.start();
        }
    }

    /** {@code config.yml} names another project: this process follows, unless it was given one of its own. */
    private void projectChosen() {
        Optional<String> chosen = projects.chosen();
        if (connections.current() != null
                && !projects.active().get().map(Project::id).equals(chosen)) {
            confirmInBackground();
        }
    }

    /** {@code config.yml} says something else of an endpoint: what runs goes by it. */
    private void endpointsChosen() {
        Connection connection = connections.current();
        if (connection != null) {
            connection.tunnels().carryAsChosen();
        }
    }

    private Optional<TunnelState> known(String tunnelId) {
        return tunnels.get().stream()
                .filter(state -> state.tunnel().id().equals(tunnelId))
                .findFirst();
    }

    private String requireProject() throws PortholeException {
        Optional<String> active = projects.active().get().map(Project::id);
        if (active.isPresent()) {
            return active.get();
        }
        return confirmProject()
                .map(Project::id)
                .orElseThrow(() -> new PortholeException(Kind.WRONG_USE, "No project is picked yet. Pick one first."));
    }

    /** A folder by its real path, if it is there. */
    private static Endpoint checked(Endpoint endpoint) throws PortholeException {
        try {
            return endpoint.isFolder() ? Shareable.folder(Path.of(endpoint.uri())) : endpoint;
        } catch (IllegalArgumentException noFolder) {
            throw new PortholeException(Kind.WRONG_USE, String.valueOf(noFolder.getMessage()), noFolder);
        }
    }

    private static ServerAddress address(String server) throws PortholeException {
        try {
            return ServerAddress.parse(server);
        } catch (InvalidServerAddressException wrong) {
            throw new PortholeException(Kind.WRONG_USE, String.valueOf(wrong.getMessage()), wrong);
        }
    }
}
