package dev.porthole.desktop;

import dev.porthole.core.KnownSignIn;
import dev.porthole.core.Link;
import dev.porthole.core.MadeTunnel;
import dev.porthole.core.OwnUrl;
import dev.porthole.core.Porthole;
import dev.porthole.core.PortholeException;
import dev.porthole.core.PortholeException.Kind;
import dev.porthole.core.ProjectKeys;
import dev.porthole.core.PublicStatus;
import dev.porthole.core.ShareProgress;
import dev.porthole.core.ShareProgress.Stage;
import dev.porthole.core.SignIn;
import dev.porthole.core.TunnelState;
import dev.porthole.core.TunnelState.Phase;
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
import dev.porthole.core.discovery.ListeningPort;
import dev.porthole.core.doctor.Doctor;
import dev.porthole.core.observe.Observed;
import dev.porthole.core.observe.Subscription;
import dev.porthole.core.traffic.PassedRequest;
import dev.porthole.core.traffic.Traffic;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The façade in memory, for the screens' tests: it does at once what the real one asks a server for. */
public final class FakePorthole implements Porthole {
    public static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    public static final User ADA = new User("usr_1", "Ada", "ada@acme.dev", false);
    public static final URI SERVER = URI.create("https://tunnels.acme.dev");
    public static final Project WEB_SHOP = new Project("prj_1", "web-shop", new Organization("org_1", "Acme"));
    public static final Project DOCS = new Project("prj_2", "docs", new Organization("org_1", "Acme"));

    public final Observed<SignIn> signIn = new Observed<>(new SignIn.SignedOut());
    public final Observed<Optional<Project>> activeProject = new Observed<>(Optional.empty());
    public final Observed<List<TunnelState>> tunnels = new Observed<>(List.of());
    public final Observed<Long> news = new Observed<>(0L);
    public final FakeConnectors connectors = new FakeConnectors(this);
    public final FakeActivity activity = new FakeActivity();
    public final FakeOwnership ownership = new FakeOwnership(this);
    public final Observed<Link> link = new Observed<>(new Link.Idle());
    public final List<String> calls = new CopyOnWriteArrayList<>();
    public volatile List<Project> projects = List.of(WEB_SHOP);
    public volatile List<ListeningPort> ports = List.of();
    public volatile Doctor doctor = FakeDoctor.well();
    public volatile String tunnelScheme = "https";
    public final Map<String, Observed<Traffic>> traffic = new ConcurrentHashMap<>();
    /** Whether the newer release can be installed here. */
    public boolean installerIsThere;

    public final Observed<Map<Endpoint, OwnUrl>> ownUrls = new Observed<>(Map.of());
    /** What PORTHOLE_PUBLIC_URL says. */
    public volatile @Nullable URI publicUrl;

    /** What the next calls fail with, until it is taken away. */
    public volatile @Nullable PortholeException failure;

    /** The stage that shares and enables wait in until {@link #goOn}; null for none. */
    public volatile @Nullable Stage hang;

    public volatile @Nullable String hangDetail;
    private volatile CountDownLatch goOn = new CountDownLatch(1);
    /** Whether the browser's sign-in waits for {@link #finishSignIn}. */
    public volatile boolean browserWaits;

    private final CountDownLatch signInDone = new CountDownLatch(1);
    private final AtomicInteger made = new AtomicInteger();
    private final ConfigFile config;

    /** The folder of its files, for whatever else a test wants to write. */
    public final Path folder;

    public FakePorthole(Path folder) {
        this.folder = folder;
        config = new ConfigFile(folder.resolve("config.yml"), InstantSource.system());
    }

    /** As someone who has signed in before. */
    public FakePorthole signedIn() {
        signIn.set(new SignIn.SignedIn(SERVER, ADA, false, "in the keychain"));
        activeProject.set(Optional.of(WEB_SHOP));
        return this;
    }

    /** Lets a hanging share go on. */
    public void goOn() {
        hang = null;
        goOn.countDown();
        goOn = new CountDownLatch(1);
    }

    /** The person has signed in, in the browser. */
    public void finishSignIn() {
        signInDone.countDown();
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
        return activeProject;
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
        return news;
    }

    /** Something of the active project has changed. */
    public void somethingIsNew() {
        news.update(number -> number + 1);
    }

    @Override
    public FakeConnectors connectors() {
        return connectors;
    }

    @Override
    public Page<AuditEntry> activity(AuditFilter filter, @Nullable String cursor) throws PortholeException {
        failIfAsked();
        return activity.page(filter, cursor);
    }

    @Override
    public List<KnownSignIn> signIns() {
        throw new UnsupportedOperationException("no screen lists sign-ins");
    }

    @Override
    public void switchSignIn(KnownSignIn wanted) {
        throw new UnsupportedOperationException("no screen changes over");
    }

    @Override
    public ProjectKeys keys() {
        throw new UnsupportedOperationException("no screen asks for keys");
    }

    @Override
    public Discovery discover() {
        throw new UnsupportedOperationException("no screen asks for it");
    }

    @Override
    public MadeTunnel create(ShareRequest request, @Nullable String connector) {
        throw new UnsupportedOperationException("no screen makes tunnels without sharing");
    }

    @Override
    public TunnelState change(String tunnelId, TunnelUpdate changes) {
        throw new UnsupportedOperationException("no screen changes several things at once");
    }

    @Override
    public TunnelState enableElsewhere(String tunnelId) {
        throw new UnsupportedOperationException("no screen does");
    }

    @Override
    public FakeOwnership ownership() {
        return ownership;
    }

    @Override
    public List<TunnelState> listTunnels() throws PortholeException {
        failIfAsked();
        return tunnels.get();
    }

    @Override
    public SignIn.SignedIn signInWithBrowser(String server, BrowserOpener browser) throws PortholeException {
        calls.add("sign in at " + server);
        failIfAsked();
        browser.open(SERVER.resolve("/authorize?state=abc"));
        if (browserWaits) {
            await(signInDone);
        }
        return remember(new SignIn.SignedIn(SERVER, ADA, false, "in the keychain"));
    }

    @Override
    public SignIn.SignedIn signInWithDevice(String server, DevicePrompt person) throws PortholeException {
        calls.add("sign in by device at " + server);
        failIfAsked();
        person.show("BCDF-GHJK", SERVER.resolve("/device"), null);
        return remember(new SignIn.SignedIn(SERVER, ADA, false, "in the keychain"));
    }

    @Override
    public SignIn.SignedIn signInAsOwner(URI server, OwnerCodeSource codes) throws PortholeException {
        return remember(new SignIn.SignedIn(server, ADA, true, "protected by file permissions only"));
    }

    private SignIn.SignedIn remember(SignIn.SignedIn signedIn) {
        signIn.set(signedIn);
        return signedIn;
    }

    @Override
    public void signOut() throws PortholeException {
        failIfAsked();
        calls.add("sign out");
        tunnels.set(List.of());
        activeProject.set(Optional.empty());
        signIn.set(new SignIn.SignedOut());
    }

    @Override
    public List<Project> projects() throws PortholeException {
        failIfAsked();
        return projects;
    }

    @Override
    public void switchProject(String projectId) throws PortholeException {
        failIfAsked();
        calls.add("switch to " + projectId);
        activeProject.set(
                projects.stream().filter(it -> it.id().equals(projectId)).findFirst());
    }

    @Override
    public TunnelState share(ShareRequest request, Consumer<? super ShareProgress> progress) throws PortholeException {
        calls.add("share " + request.endpoint() + " as " + request.label());
        failIfAsked();
        String label = request.label() == null ? "c0ffee00c0de" : request.label();
        TunnelState state = tunnels.get().stream()
                .filter(it -> it.tunnel().endpoint().equals(request.endpoint()))
                .findFirst()
                .orElseGet(() -> tunnel(label, request.endpoint(), Phase.STARTING, ""));
        put(withPhase(state, Phase.STARTING));
        return run(state, progress);
    }

    @Override
    public TunnelState enable(String tunnelId, Consumer<? super ShareProgress> progress) throws PortholeException {
        calls.add("enable " + tunnelId);
        failIfAsked();
        TunnelState state = find(tunnelId);
        if (ownUrls.get().containsKey(state.tunnel().endpoint())) {
            forgetOwnUrl(state.tunnel().endpoint());
        }
        put(withPhase(state, Phase.STARTING));
        return run(state, progress);
    }

    private TunnelState run(TunnelState state, Consumer<? super ShareProgress> progress) throws PortholeException {
        String url = state.tunnel().url();
        long millis = 40;
        for (Stage stage : Stage.values()) {
            millis += 40;
            Duration at = Duration.ofMillis(millis);
            if (stage == hang) {
                progress.accept(new ShareProgress(stage, ShareProgress.State.WAITING, at, hangDetail, url));
                try {
                    await(goOn);
                } catch (PortholeException cancelled) {
                    put(withPhase(state, Phase.STOPPED));
                    throw cancelled;
                }
            }
            progress.accept(new ShareProgress(stage, ShareProgress.State.DONE, at, null, url));
        }
        link.set(new Link.Connected(2, Duration.ofMillis(18)));
        return put(withPhase(state, Phase.READY));
    }

    @Override
    public Optional<Project> confirmProject() {
        return activeProject.get();
    }

    @Override
    public TunnelState update(String tunnelId, @Nullable String label, @Nullable Endpoint endpoint)
            throws PortholeException {
        calls.add("update " + tunnelId + " " + label + " " + endpoint);
        failIfAsked();
        TunnelState before = find(tunnelId);
        Tunnel old = before.tunnel();
        return put(with(
                before,
                changed(
                        old,
                        label == null ? old.label() : label,
                        endpoint == null ? old.endpoint() : endpoint,
                        old.hostHeader(),
                        old.url(),
                        old.address(),
                        old.visibleInNetwork(),
                        old.expiresAt())));
    }

    @Override
    public TunnelState show(String tunnelId, HostHeader hostHeader) throws PortholeException {
        calls.add("show " + tunnelId + " " + hostHeader);
        failIfAsked();
        TunnelState before = find(tunnelId);
        Tunnel old = before.tunnel();
        Tunnel changed = changed(
                old,
                old.label(),
                old.endpoint(),
                hostHeader,
                old.url(),
                old.address(),
                old.visibleInNetwork(),
                old.expiresAt());
        return put(new TunnelState(changed, before.here(), before.phase(), before.detail()));
    }

    private static TunnelState with(TunnelState before, Tunnel changed) {
        return new TunnelState(changed, before.here(), before.phase(), before.detail(), before.blockedHost());
    }

    private static Tunnel changed(
            Tunnel old,
            String label,
            Endpoint endpoint,
            HostHeader hostHeader,
            String url,
            TunnelAddress address,
            boolean visible,
            @Nullable Instant expiresAt) {
        return new Tunnel(
                old.id(),
                old.project(),
                old.name(),
                label,
                endpoint,
                hostHeader,
                url,
                address,
                visible,
                old.enabled(),
                old.connector(),
                old.conditions(),
                old.version() + 1,
                old.createdAt(),
                expiresAt,
                old.lastActiveAt(),
                old.metadata(),
                old.quick());
    }

    @Override
    public Observed<Traffic> traffic(String tunnelId) {
        return traffic.computeIfAbsent(tunnelId, _ -> new Observed<>(Traffic.none(NOW)));
    }

    @Override
    public Subscription requests(String tunnelId, Consumer<? super PassedRequest> listener) {
        throw new UnsupportedOperationException("no screen asks for single requests");
    }

    @Override
    public Observed<Map<Endpoint, OwnUrl>> ownUrls() {
        return ownUrls;
    }

    @Override
    public Optional<URI> publicUrlFromOutside() {
        return Optional.ofNullable(publicUrl);
    }

    @Override
    public TunnelState reach(String tunnelId, TunnelAddress address, boolean visibleInNetwork)
            throws PortholeException {
        calls.add("reach " + tunnelId + " " + address + " " + visibleInNetwork);
        failIfAsked();
        TunnelState before = find(tunnelId);
        Tunnel old = before.tunnel();
        return put(with(
                before,
                changed(
                        old,
                        old.label(),
                        old.endpoint(),
                        old.hostHeader(),
                        "http://192.168.1.20:20007",
                        address,
                        visibleInNetwork,
                        old.expiresAt())));
    }

    @Override
    public TunnelState expire(String tunnelId, @Nullable Instant at) throws PortholeException {
        calls.add("expire " + tunnelId + " " + at);
        failIfAsked();
        TunnelState before = find(tunnelId);
        Tunnel old = before.tunnel();
        return put(with(
                before,
                changed(
                        old,
                        old.label(),
                        old.endpoint(),
                        old.hostHeader(),
                        old.url(),
                        old.address(),
                        old.visibleInNetwork(),
                        at)));
    }

    @Override
    public void useOwnUrl(Endpoint endpoint, URI url) throws PortholeException {
        calls.add("own " + endpoint + " " + url);
        failIfAsked();
        tunnels.get().stream()
                .filter(it -> it.tunnel().endpoint().equals(endpoint))
                .forEach(it -> put(withPhase(it, Phase.STOPPED)));
        ownUrls.update(all -> {
            Map<Endpoint, OwnUrl> more = new HashMap<>(all);
            more.put(endpoint, new OwnUrl(publicUrl == null ? url : publicUrl, publicUrl != null));
            return Map.copyOf(more);
        });
    }

    @Override
    public void forgetOwnUrl(Endpoint endpoint) throws PortholeException {
        calls.add("forget own " + endpoint);
        failIfAsked();
        ownUrls.update(all -> {
            Map<Endpoint, OwnUrl> fewer = new HashMap<>(all);
            fewer.remove(endpoint);
            return Map.copyOf(fewer);
        });
    }

    @Override
    public PublicStatus publicStatus(String tunnelId) throws PortholeException {
        TunnelState state = find(tunnelId);
        return new PublicStatus(state.phase() == Phase.READY, state.tunnel().url(), true);
    }

    @Override
    public void keepTunnels() {
        calls.add("keepTunnels");
    }

    @Override
    public void stop(String tunnelId) throws PortholeException {
        calls.add("stop " + tunnelId);
        failIfAsked();
        put(withPhase(find(tunnelId), Phase.STOPPED));
    }

    @Override
    public void delete(String tunnelId) throws PortholeException {
        calls.add("delete " + tunnelId);
        failIfAsked();
        TunnelState gone = find(tunnelId);
        tunnels.update(all -> all.stream().filter(it -> !it.equals(gone)).toList());
    }

    @Override
    public List<ListeningPort> listeningPorts() throws PortholeException {
        failIfAsked();
        return ports;
    }

    @Override
    public Doctor doctor() {
        return doctor;
    }

    @Override
    public List<String> close(boolean stopTunnels) {
        calls.add("close");
        config.close();
        return List.of();
    }

    /** A tunnel that is not in the list yet. */
    public TunnelState tunnel(String label, Endpoint endpoint, Phase phase, String detail) {
        String id = "tun_" + made.incrementAndGet();
        Tunnel tunnel = new Tunnel(
                id,
                WEB_SHOP.id(),
                label,
                label,
                endpoint,
                HostHeader.visitor(),
                endpoint.scheme() == Endpoint.Scheme.TCP
                        ? "tcp://tunnels.acme.dev:20007"
                        : tunnelScheme + "://"
                                + label.toLowerCase(java.util.Locale.ROOT).replaceAll("[^a-z0-9]+", "-") + ".acme.dev",
                phase != Phase.STOPPED,
                "con_1",
                List.of(),
                1,
                NOW,
                null,
                null);
        return new TunnelState(tunnel, true, phase, detail);
    }

    /** Puts a tunnel in the list, or in the place of its earlier self. */
    public TunnelState put(TunnelState state) {
        tunnels.update(before -> {
            List<TunnelState> after = new ArrayList<>(before);
            for (int at = 0; at < after.size(); at++) {
                if (after.get(at).tunnel().id().equals(state.tunnel().id())) {
                    after.set(at, state);
                    return List.copyOf(after);
                }
            }
            after.add(state);
            return List.copyOf(after);
        });
        return state;
    }

    public static TunnelState withPhase(TunnelState state, Phase phase) {
        return new TunnelState(state.tunnel(), true, phase, "");
    }

    /** A program that listens, started so long ago. */
    public static ListeningPort port(
            int port, String process, @Nullable String project, @Nullable String guess, Duration age) {
        return new ListeningPort(port, 4711, process, process, project, guess, NOW.minus(age), false);
    }

    private TunnelState find(String tunnelId) throws PortholeException {
        return tunnels.get().stream()
                .filter(it -> it.tunnel().id().equals(tunnelId))
                .findFirst()
                .orElseThrow(() -> new PortholeException(Kind.NOT_FOUND, "No such tunnel: " + tunnelId));
    }

    void failIfAsked() throws PortholeException {
        PortholeException asked = failure;
        if (asked != null) {
            throw asked;
        }
    }

    private static void await(CountDownLatch latch) throws PortholeException {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new PortholeException(Kind.CANCELLED, "Cancelled.", e);
        }
    }
}
