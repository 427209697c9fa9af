package dev.porthole.desktop.cli;

import dev.porthole.core.KnownSignIn;
import dev.porthole.core.Link;
import dev.porthole.core.MadeTunnel;
import dev.porthole.core.OwnUrl;
import dev.porthole.core.Porthole;
import dev.porthole.core.PortholeException;
import dev.porthole.core.PortholeException.Kind;
import dev.porthole.core.ProjectOwnership;
import dev.porthole.core.PublicStatus;
import dev.porthole.core.ShareProgress;
import dev.porthole.core.SignIn;
import dev.porthole.core.TunnelState;
import dev.porthole.core.api.AuditEntry;
import dev.porthole.core.api.AuditFilter;
import dev.porthole.core.api.Discovery;
import dev.porthole.core.api.Endpoint;
import dev.porthole.core.api.HostHeader;
import dev.porthole.core.api.Organization;
import dev.porthole.core.api.Page;
import dev.porthole.core.api.Project;
import dev.porthole.core.api.Tunnel;
import dev.porthole.core.api.TunnelAddress;
import dev.porthole.core.api.TunnelUpdate;
import dev.porthole.core.api.User;
import dev.porthole.core.config.ConfigFile;
import dev.porthole.core.config.PortholeHome;
import dev.porthole.core.discovery.ListeningPort;
import dev.porthole.core.doctor.Doctor;
import dev.porthole.core.observe.Observable;
import dev.porthole.core.observe.Observed;
import dev.porthole.core.observe.Subscription;
import dev.porthole.core.traffic.PassedRequest;
import dev.porthole.core.traffic.Traffic;
import dev.porthole.desktop.FakeDoctor;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A core without a server behind it: remembers what was asked for, answers what the test says. */
class FakePorthole implements Porthole {
    volatile Doctor doctor = FakeDoctor.well();
    static final URI SERVER = URI.create("https://tunnels.example.com");
    static final User ADA = new User("usr_1", "Ada", "ada@example.com", false);
    static final Project WEB = new Project("prj_web", "web", new Organization("org_1", "Acme"));
    static final Project API = new Project("prj_api", "api", new Organization("org_1", "Acme"));

    final Observed<SignIn> signIn = new Observed<>(new SignIn.SignedIn(SERVER, ADA, false, "in the keychain"));
    final Observed<Optional<Project>> active = new Observed<>(Optional.of(WEB));
    final Observed<List<TunnelState>> tunnels = new Observed<>(List.of());
    final Observed<Traffic> traffic = new Observed<>(Traffic.none(Instant.EPOCH));
    /** Who listens to requests, once someone does. */
    final CompletableFuture<Consumer<? super PassedRequest>> hearsRequests = new CompletableFuture<>();

    final Observed<Link> link = new Observed<>(new Link.Connected(1, null));
    final List<Project> projects = new ArrayList<>(List.of(WEB));
    final List<KnownSignIn> signIns = new ArrayList<>();
    /** Two a page. */
    final List<AuditEntry> activity = new ArrayList<>();
    /** What was done, in its order. */
    final List<String> done = new CopyOnWriteArrayList<>();

    final PortholeHome home;
    final ConfigFile config;
    private final FakeConnectors connectors = new FakeConnectors(this);
    private final FakeKeys keys = new FakeKeys(this);
    /** Thrown by the next call that reaches the server. */
    @Nullable
    PortholeException refusal;
    /** Thrown by the next call, as a mistake of ours would be. */
    @Nullable
    RuntimeException defect;
    /** What closing could not turn off. */
    List<String> stillOn = List.of();
    /** What another process carries. */
    @Nullable
    TunnelState besides;

    /** When set, {@link #share} hangs until it is interrupted, after saying so here. */
    @Nullable
    CountDownLatch hanging;

    FakePorthole(Path folder) {
        home = PortholeHome.in(folder);
        config = new ConfigFile(home.configFile(), InstantSource.system());
    }

    static Tunnel tunnel(String id, String label, Endpoint endpoint, boolean enabled) {
        return new Tunnel(
                id,
                WEB.id(),
                "happy-panda-dancing",
                label,
                endpoint,
                HostHeader.visitor(),
                "http://happy-panda-dancing.localhost:8080",
                enabled,
                "con_1",
                List.of(),
                1,
                Instant.EPOCH,
                null,
                null);
    }

    static TunnelState ready(Tunnel tunnel) {
        return new TunnelState(tunnel, true, TunnelState.Phase.READY, "");
    }

    @Override
    public ConfigFile config() {
        return config;
    }

    @Override
    public Observed<SignIn> signIn() {
        return signIn;
    }

    @Override
    public Observed<Optional<Project>> activeProject() {
        return active;
    }

    @Override
    public Observed<List<TunnelState>> tunnels() {
        return tunnels;
    }

    @Override
    public Observed<Link> link() {
        return link;
    }

    @Override
    public Observed<Long> news() {
        return new Observed<>(0L);
    }

    @Override
    public FakeConnectors connectors() {
        return connectors;
    }

    @Override
    public Page<AuditEntry> activity(AuditFilter filter, @Nullable String cursor) throws PortholeException {
        refuse();
        done.add("activity " + filter + (cursor == null ? "" : " from " + cursor));
        int start = cursor == null ? 0 : Integer.parseInt(cursor);
        int end = Math.min(activity.size(), start + 2);
        return new Page<>(
                activity.subList(start, end), activity.size(), end < activity.size() ? String.valueOf(end) : null);
    }

    @Override
    public FakeKeys keys() {
        return keys;
    }

    @Override
    public Discovery discover() throws PortholeException {
        refuse();
        return new Discovery("Porthole", "3.2.1", SERVER.toString(), SERVER + "/api/v1", List.of());
    }

    @Override
    public MadeTunnel create(ShareRequest request, @Nullable String connector) throws PortholeException {
        refuse();
        done.add("created " + request.endpoint() + " label=" + request.label() + " name=" + request.name()
                + " connector=" + connector + (request.expiresAt() == null ? "" : " expires"));
        Optional<TunnelState> there = tunnels.get().stream()
                .filter(state -> state.tunnel().endpoint().equals(request.endpoint()))
                .findFirst();
        return new MadeTunnel(
                there.orElseGet(() -> new TunnelState(
                        tunnel("tun_new", "a1b2c3d4e5f6", request.endpoint(), false),
                        false,
                        TunnelState.Phase.STOPPED,
                        "")),
                there.isEmpty());
    }

    @Override
    public TunnelState change(String tunnelId, TunnelUpdate changes) throws PortholeException {
        refuse();
        done.add("changed " + tunnelId + " label=" + changes.label() + " endpoint=" + changes.endpoint()
                + " hostHeader=" + changes.hostHeader() + " keep=" + changes.keep()
                + (changes.expiresAt() == null ? "" : " expires"));
        return tunnels.get().getFirst();
    }

    @Override
    public TunnelState enableElsewhere(String tunnelId) throws PortholeException {
        refuse();
        TunnelState state = tunnels.get().getFirst();
        if (connectors.all.stream()
                .noneMatch(info -> info.connector().id().equals(state.tunnel().connector()))) {
            throw new PortholeException(Kind.FAILED, "Nobody would carry " + tunnelId + ".");
        }
        done.add("enabled elsewhere " + tunnelId);
        return state;
    }

    @Override
    public ProjectOwnership ownership() {
        throw new UnsupportedOperationException("no command makes projects yet");
    }

    @Override
    public SignIn.SignedIn signInWithBrowser(String server, BrowserOpener browser) throws PortholeException {
        refuse();
        browser.open(URI.create("https://" + server + "/authorize?x=1"));
        done.add("signed in at " + server);
        return signedIn(new SignIn.SignedIn(SERVER, ADA, false, "in the keychain"));
    }

    @Override
    public SignIn.SignedIn signInWithDevice(String server, DevicePrompt person) throws PortholeException {
        refuse();
        URI page = URI.create("https://" + server + "/device");
        person.show("BCDF-GHJK", page, URI.create(page + "?user_code=BCDF-GHJK"));
        done.add("signed in by device at " + server);
        return signedIn(new SignIn.SignedIn(SERVER, ADA, false, "in the keychain"));
    }

    @Override
    public SignIn.SignedIn signInAsOwner(URI server, OwnerCodeSource codes) throws PortholeException {
        refuse();
        done.add("signed in as owner with " + codes.codeFor("challenge", URI.create("http://127.0.0.1/cb")));
        return signedIn(new SignIn.SignedIn(server, ADA, true, "in the keychain"));
    }

    @Override
    public void signOut() {
        done.add("signed out");
        signIn.set(new SignIn.SignedOut());
    }

    @Override
    public List<KnownSignIn> signIns() throws PortholeException {
        refuse();
        return List.copyOf(signIns);
    }

    @Override
    public void switchSignIn(KnownSignIn wanted) throws PortholeException {
        refuse();
        done.add("changed over to " + wanted.user().id() + " at " + wanted.server());
    }

    @Override
    public List<Project> projects() throws PortholeException {
        refuse();
        return projects;
    }

    @Override
    public List<TunnelState> listTunnels() throws PortholeException {
        refuse();
        return tunnels.get();
    }

    @Override
    public Optional<Project> confirmProject() throws PortholeException {
        refuse();
        if (active.get().isEmpty() && projects.size() == 1) {
            switchProject(projects.getFirst().id());
        }
        return active.get();
    }

    @Override
    public TunnelState update(String tunnelId, @Nullable String label, @Nullable Endpoint endpoint)
            throws PortholeException {
        done.add("updated " + tunnelId + " label=" + label);
        return tunnels.get().getFirst();
    }

    @Override
    public TunnelState show(String tunnelId, HostHeader hostHeader) {
        throw new UnsupportedOperationException("no command calls it");
    }

    @Override
    public Observed<Traffic> traffic(String tunnelId) {
        return traffic;
    }

    @Override
    public Subscription requests(String tunnelId, Consumer<? super PassedRequest> listener) {
        hearsRequests.complete(listener);
        return () -> done.add("hears no requests any more");
    }

    @Override
    public Observable<Map<Endpoint, OwnUrl>> ownUrls() {
        throw new UnsupportedOperationException("no command calls it");
    }

    @Override
    public Optional<URI> publicUrlFromOutside() {
        throw new UnsupportedOperationException("no command calls it");
    }

    @Override
    public TunnelState reach(String tunnelId, TunnelAddress address, boolean visibleInNetwork) {
        throw new UnsupportedOperationException("no command calls it");
    }

    @Override
    public TunnelState expire(String tunnelId, @Nullable Instant at) {
        throw new UnsupportedOperationException("no command calls it");
    }

    @Override
    public void useOwnUrl(Endpoint endpoint, URI url) {
        throw new UnsupportedOperationException("no command calls it");
    }

    @Override
    public void forgetOwnUrl(Endpoint endpoint) {
        throw new UnsupportedOperationException("no command calls it");
    }

    @Override
    public PublicStatus publicStatus(String tunnelId) {
        throw new UnsupportedOperationException("no command calls it");
    }

    @Override
    public void keepTunnels() {
        throw new UnsupportedOperationException("no command calls it");
    }

    @Override
    public void switchProject(String projectId) throws PortholeException {
        refuse();
        done.add("switched to " + projectId);
        active.set(projects.stream()
                .filter(project -> project.id().equals(projectId))
                .findFirst());
    }

    @Override
    public TunnelState share(ShareRequest request, Consumer<? super ShareProgress> progress) throws PortholeException {
        refuse();
        done.add("shared " + request.endpoint() + " label=" + request.label() + " name=" + request.name()
                + (request.hostHeader() == null ? "" : " hostHeader=" + request.hostHeader())
                + (request.address() == null ? "" : " address=" + request.address())
                + (request.visibleInNetwork() == null ? "" : " visible=" + request.visibleInNetwork()));
        Tunnel tunnel = tunnel("tun_1", "a1b2c3d4e5f6", request.endpoint(), true);
        progress.accept(new ShareProgress(
                ShareProgress.Stage.ACCEPTED, ShareProgress.State.DONE, Duration.ofMillis(100), null, tunnel.url()));
        CountDownLatch hangs = hanging;
        if (hangs != null) {
            hangs.countDown();
            hang();
        }
        tunnels.set(List.of(ready(tunnel)));
        return ready(tunnel);
    }

    @Override
    public Optional<TunnelState> carriedBesides(Endpoint endpoint) {
        return Optional.ofNullable(besides);
    }

    @Override
    public TunnelState enable(String tunnelId, Consumer<? super ShareProgress> progress) {
        throw new UnsupportedOperationException("no command calls it");
    }

    @Override
    public void stop(String tunnelId) {
        done.add("stopped " + tunnelId);
    }

    @Override
    public void delete(String tunnelId) throws PortholeException {
        refuse();
        done.add("deleted " + tunnelId);
    }

    @Override
    public List<ListeningPort> listeningPorts() {
        return List.of();
    }

    @Override
    public Doctor doctor() {
        return doctor;
    }

    @Override
    public List<String> close(boolean stopTunnels) {
        done.add("closed stopTunnels=" + stopTunnels);
        return stillOn;
    }

    private SignIn.SignedIn signedIn(SignIn.SignedIn state) {
        signIn.set(state);
        return state;
    }

    void refuse() throws PortholeException {
        RuntimeException mistake = defect;
        if (mistake != null) {
            throw mistake;
        }
        PortholeException why = refusal;
        if (why != null) {
            throw why;
        }
    }

    private void hang() throws PortholeException {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            done.add("share interrupted");
            throw new PortholeException(Kind.CANCELLED, "The share was cancelled.", e);
        }
    }
}
