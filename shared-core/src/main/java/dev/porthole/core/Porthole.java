package dev.porthole.core;

import dev.porthole.core.api.AuditEntry;
import dev.porthole.core.api.AuditFilter;
import dev.porthole.core.api.Discovery;
import dev.porthole.core.api.Endpoint;
import dev.porthole.core.api.HostHeader;
import dev.porthole.core.api.HttpExchange;
import dev.porthole.core.api.InvalidServerAddressException;
import dev.porthole.core.api.Page;
import dev.porthole.core.api.Project;
import dev.porthole.core.api.ServerAddress;
import dev.porthole.core.api.TunnelAddress;
import dev.porthole.core.api.TunnelUpdate;
import dev.porthole.core.auth.SystemBrowser;
import dev.porthole.core.config.Config;
import dev.porthole.core.config.ConfigFile;
import dev.porthole.core.config.PortholeHome;
import dev.porthole.core.doctor.Doctor;
import dev.porthole.core.observe.Observable;
import dev.porthole.core.observe.Subscription;
import dev.porthole.core.proxy.EndpointCertificate;
import dev.porthole.core.proxy.EndpointTimeout;
import dev.porthole.core.traffic.PassedRequest;
import dev.porthole.core.traffic.Traffic;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The façade that a screen or a command drives: sign in, projects, share, stop, observe.
 *
 * <p>Threads: the calls block and belong on a virtual thread; interrupting it cancels the call. Observables may be read
 * and subscribed from any thread. Errors: {@link PortholeException}, whose message is for people.
 */
public interface Porthole extends AutoCloseable {
    /**
     * Opens this installation: reads its choices and tokens, and follows what other processes of the same home change,
     * unless the options say otherwise. Asks the server nothing before it returns, unless there is an API key: then
     * whose it is.
     */
    static Porthole open(PortholeHome home, Options options) throws PortholeException {
        return PortholeCore.open(home, options);
    }

    /**
     * Makes ready what opening and asking will need, on the calling thread: worth one of its own while a command line
     * is read. Changes nothing, asks nothing, says nothing; without it, the first question takes as much longer.
     *
     * @param server as in the options
     */
    static void prepare(PortholeHome home, @Nullable String server) {
        // First what opening needs first, whether or not it says the server.
        Optional<String> chosen = ConfigFile.peek(home.configFile()).flatMap(Config::server);
        Optional<String> address = Optional.ofNullable(server).or(() -> chosen);
        try {
            HttpExchange.prepare(
                    address.map(ServerAddress::parse).map(ServerAddress::base).orElse(null));
        } catch (InvalidServerAddressException wrong) {
            // Said by the opening.
            HttpExchange.prepare(null);
        }
    }

    /**
     * The user's choices, shared by every process of this home. Read what it says now; {@link ConfigFile#update} to
     * change it.
     */
    ConfigFile config();

    /** Who is signed in, and where. */
    Observable<SignIn> signIn();

    /** The project that new tunnels go to; empty before one is picked. */
    Observable<Optional<Project>> activeProject();

    /**
     * The active project's tunnels, kept up to date by its event stream, joined with what this computer knows; and
     * those of other projects that this process carries. Empty until the server has been heard.
     */
    Observable<List<TunnelState>> tunnels();

    /** What this process carries, in whatever project. */
    default Observable<List<TunnelState>> running() {
        return tunnels().map(all -> all.stream().filter(TunnelState::here).toList());
    }

    /**
     * What passes through a tunnel on this computer: told once a second while something does, on a virtual thread. An
     * unknown tunnel is one without traffic.
     */
    Observable<Traffic> traffic(String tunnelId);

    /**
     * Tells of each request of a tunnel that this process carries, when it is over. Costs nothing while nobody listens;
     * the listener is called on a virtual thread, and one that is slow misses some and hears how many.
     */
    Subscription requests(String tunnelId, Consumer<? super PassedRequest> listener);

    /**
     * The endpoints of this computer that have a public address by other means than Porthole. Nothing carries them
     * until someone shares or enables them, which takes the choice back.
     */
    Observable<Map<Endpoint, OwnUrl>> ownUrls();

    /** The address that {@code PORTHOLE_PUBLIC_URL} gives in the place of each own one. */
    Optional<URI> publicUrlFromOutside();

    /** How this computer is connected to the server. */
    Observable<Link> link();

    /**
     * Grows with each thing that is heard of the active project, and when another one becomes active: what was read of
     * its connectors and its activity is perhaps old.
     */
    Observable<Long> news();

    /** The active project's connectors. */
    ProjectConnectors connectors();

    /**
     * One page of what was done in the active project and by whom, the newest first.
     *
     * @param cursor the {@code next} of the page before; null for the first page
     */
    Page<AuditEntry> activity(AuditFilter filter, @Nullable String cursor) throws PortholeException;

    /** The active project's API keys. */
    ProjectKeys keys();

    /** What the server says of itself to anyone: the one of the sign-in, or the chosen one. Needs no sign-in. */
    Discovery discover() throws PortholeException;

    /** Making projects, renaming them, leaving those who own them. */
    ProjectOwnership ownership();

    /**
     * Signs in with the system browser (authorization code, PKCE, loopback redirect). Gives up after three minutes.
     *
     * @param server such as {@code tunnels.example.com}: https without a scheme, http for loopback
     * @param browser opens the address, or tells the person to; told again never
     */
    SignIn.SignedIn signInWithBrowser(String server, BrowserOpener browser) throws PortholeException;

    /**
     * Signs in with the browser of any device (RFC 8628): the person opens an address there and lets this one in. Gives
     * up when the code ends, which is the server's choice, and at once when the thread is interrupted.
     *
     * @param server as for {@link #signInWithBrowser}
     * @param person told once what to open and to type
     */
    SignIn.SignedIn signInWithDevice(String server, DevicePrompt person) throws PortholeException;

    /** Signs in as the owner of the embedded server, with a code that never travels over HTTP. */
    SignIn.SignedIn signInAsOwner(URI server, OwnerCodeSource codes) throws PortholeException;

    /** Stops what this device carries, revokes its tokens and forgets them. */
    void signOut() throws PortholeException;

    /** Everyone who signed in on this computer and did not sign out, the active one first. */
    List<KnownSignIn> signIns() throws PortholeException;

    /**
     * Changes over to one of {@link #signIns}, without a browser; what this process carries is turned off. Other
     * processes of this device follow.
     */
    void switchSignIn(KnownSignIn wanted) throws PortholeException;

    /** All projects that the user can see, by organization and name. */
    List<Project> projects() throws PortholeException;

    /**
     * Asks the server for the active project's tunnels, for a caller that needs them once and needs to hear of errors.
     */
    List<TunnelState> listTunnels() throws PortholeException;

    /**
     * Asks the server whether the chosen project is still there, and makes it the active one; the only one is taken
     * without asking. Empty: one has to be picked.
     */
    Optional<Project> confirmProject() throws PortholeException;

    /** Makes it the active project and keeps that. Running tunnels of other projects go on. */
    void switchProject(String projectId) throws PortholeException;

    /**
     * Shares an endpoint: takes the tunnel that the active project has for it or makes one, connects, enables it, and
     * returns once it is {@code Ready}. Each step is reported as it happens. A hang is no error: it goes on until it is
     * ready, interrupted or refused. If it is interrupted the tunnel is disabled.
     */
    TunnelState share(ShareRequest request, Consumer<? super ShareProgress> progress) throws PortholeException;

    /**
     * The tunnel that the active project has for an endpoint, if it is on and another process of this home carries it,
     * such as the app. Sharing the endpoint here too would be no mistake: visitors are spread over both, and whoever
     * ends last turns it off.
     */
    default Optional<TunnelState> carriedBesides(Endpoint endpoint) throws PortholeException {
        return Optional.empty();
    }

    /** Turns a tunnel on again, as {@link #share} does. */
    TunnelState enable(String tunnelId, Consumer<? super ShareProgress> progress) throws PortholeException;

    /** Changes a tunnel's label or endpoint, also while it runs; it keeps its id and address. Null: as it was. */
    TunnelState update(String tunnelId, @Nullable String label, @Nullable Endpoint endpoint) throws PortholeException;

    /**
     * Makes a tunnel without carrying it. The one that the active project has for the endpoint is left as it is.
     *
     * @param connector an external connector (id), which carries it from the beginning; null: it is off
     */
    MadeTunnel create(ShareRequest request, @Nullable String connector) throws PortholeException;

    /** Changes several things of a tunnel in one step, also while it runs; it keeps its id. */
    TunnelState change(String tunnelId, TunnelUpdate changes) throws PortholeException;

    /**
     * Turns a tunnel on where another program carries it: an external connector's agent, as soon as it hears of it; or
     * this computer's running app, and then it is ready when this returns. {@link PortholeException.Kind#FAILED} where
     * neither would, and then it is off: whoever is to carry it turns it on, with {@link #enable}.
     */
    TunnelState enableElsewhere(String tunnelId) throws PortholeException;

    /** Changes which {@code Host} the app of a tunnel sees; while it runs, from the next request on. */
    TunnelState show(String tunnelId, HostHeader hostHeader) throws PortholeException;

    /**
     * Changes whether a tunnel has a name or a port of its own, and whether other computers of this network reach that
     * port. Its address is another one afterwards.
     */
    TunnelState reach(String tunnelId, TunnelAddress address, boolean visibleInNetwork) throws PortholeException;

    /** Changes when a tunnel is turned off and goes by itself; null: never. */
    TunnelState expire(String tunnelId, @Nullable Instant at) throws PortholeException;

    /**
     * The endpoint has a public address by other means: turns the tunnels that this computer carries of it off, and
     * then keeps that. Holds over restarts, until the endpoint is shared or its tunnel enabled again.
     */
    void useOwnUrl(Endpoint endpoint, URI url) throws PortholeException;

    /** Forgets an endpoint's own address, without connecting. */
    void forgetOwnUrl(Endpoint endpoint) throws PortholeException;

    /** How a tunnel's endpoint is reached from outside. Asks the server nothing. */
    PublicStatus publicStatus(String tunnelId) throws PortholeException;

    /**
     * Chooses which certificate an {@code https} endpoint may show, on this computer, until it is chosen otherwise.
     * Running tunnels of the endpoint go by it from the next connection on.
     */
    default void allowCertificate(Endpoint endpoint, EndpointCertificate certificate) throws PortholeException {
        new ConfiguredEndpoints(config()).choose(endpoint, certificate);
    }

    /**
     * Chooses how long the app of an endpoint may think before its answer begins, on this computer, until it is chosen
     * otherwise. Running tunnels of the endpoint go by it from the next request on.
     */
    default void allowTimeout(Endpoint endpoint, EndpointTimeout timeout) throws PortholeException {
        new ConfiguredEndpoints(config()).choose(endpoint, timeout);
    }

    /**
     * Carries again, in the background, what this device had running when it was last kept, and remembers from now on
     * what runs. For the app; a command takes its tunnels with it when it ends. Returns at once.
     */
    void keepTunnels();

    /** Turns a tunnel off; it keeps its name and address. */
    void stop(String tunnelId) throws PortholeException;

    /** Removes a tunnel and gives up its name. */
    void delete(String tunnelId) throws PortholeException;

    /** Looks once at the programs that listen on this computer, newest first. Takes milliseconds to a second. */
    List<dev.porthole.core.discovery.ListeningPort> listeningPorts() throws PortholeException;

    /** Looks at what is between this computer's apps and their visitors. */
    Doctor doctor();

    /**
     * Disables what {@code this} process carries if {@code stopTunnels}, and ends every thread. Idempotent; takes two
     * seconds at most.
     *
     * @return the labels of the tunnels that are perhaps still on, because the server did not confirm in time that they
     *     are off; nobody serves them, and the server notices that by itself when this computer's lease ends
     */
    List<String> close(boolean stopTunnels);

    @Override
    default void close() {
        List<String> _ = close(false);
    }

    /**
     * What holds for this process alone; nothing of it is written to {@code config.yml}.
     *
     * @param server instead of the configured one, as in {@code --server}
     * @param project id of a project instead of the active one, as in {@code --project}
     * @param apiKey instead of a sign-in, as in {@code PORTHOLE_API_KEY}
     * @param clientVersion such as {@code 0.1.0}; sent to the server
     * @param publicUrl in the place of own public addresses, as in {@code PORTHOLE_PUBLIC_URL}
     * @param follows whether changes are followed: what other processes of this home change, and the active project's
     *     tunnels. Without, {@link #tunnels} has only what this process shares, and the rest is as it was at the
     *     opening
     */
    record Options(
            @Nullable String server,
            @Nullable String project,
            @Nullable String apiKey,
            String clientVersion,
            @Nullable String publicUrl,
            boolean follows) {
        /** With own public addresses as they were chosen. */
        public Options(
                @Nullable String server, @Nullable String project, @Nullable String apiKey, String clientVersion) {
            this(server, project, apiKey, clientVersion, null, true);
        }

        /** With this in the place of own public addresses. */
        public Options withPublicUrl(@Nullable String url) {
            return new Options(server, project, apiKey, clientVersion, url, follows);
        }

        /** For whoever asks once and closes: nothing is followed. */
        public Options forOneQuestion() {
            return new Options(server, project, apiKey, clientVersion, publicUrl, false);
        }

        /** Nothing special. */
        public static Options of(String clientVersion) {
            return new Options(null, null, null, clientVersion);
        }

        /** Without the key. */
        @Override
        public String toString() {
            return "Options[server=" + server + ", project=" + project + ", apiKey="
                    + (apiKey == null ? "none" : "given") + ", clientVersion=" + clientVersion + "]";
        }
    }

    /**
     * What is to be shared. {@code label} and {@code name} are for a tunnel that is made now; the others are for one
     * that was there before, too, and leave it as it is when they are null.
     *
     * @param visibleInNetwork whether other computers of this network reach it, by a port of this computer
     * @param expiresAt when it goes by itself; null for never
     * @param quick for now: a tunnel that is made for it goes by itself a day after it was last carried; otherwise the
     *     endpoint's tunnel is kept
     */
    record ShareRequest(
            Endpoint endpoint,
            @Nullable String label,
            @Nullable String name,
            @Nullable HostHeader hostHeader,
            @Nullable TunnelAddress address,
            @Nullable Boolean visibleInNetwork,
            @Nullable Instant expiresAt,
            boolean quick) {
        /** To be kept. */
        public ShareRequest(
                Endpoint endpoint,
                @Nullable String label,
                @Nullable String name,
                @Nullable HostHeader hostHeader,
                @Nullable TunnelAddress address,
                @Nullable Boolean visibleInNetwork) {
            this(endpoint, label, name, hostHeader, address, visibleInNetwork, null, false);
        }

        /** With the address as it is, or as the endpoint's scheme needs it. */
        public ShareRequest(
                Endpoint endpoint, @Nullable String label, @Nullable String name, @Nullable HostHeader hostHeader) {
            this(endpoint, label, name, hostHeader, null, null);
        }

        /** With the Host header as it is, or the visitor's in a new tunnel. */
        public ShareRequest(Endpoint endpoint, @Nullable String label, @Nullable String name) {
            this(endpoint, label, name, null);
        }

        /** The same, until then; null for always. */
        public ShareRequest until(@Nullable Instant moment) {
            return new ShareRequest(endpoint, label, name, hostHeader, address, visibleInNetwork, moment, quick);
        }

        /** The same, for now. */
        public ShareRequest asQuick() {
            return new ShareRequest(endpoint, label, name, hostHeader, address, visibleInNetwork, expiresAt, true);
        }

        /** With everything else left to Porthole. */
        public static ShareRequest of(Endpoint endpoint) {
            return new ShareRequest(endpoint, null, null);
        }
    }

    /** Tells a person how to let this device in. */
    @FunctionalInterface
    interface DevicePrompt {
        /**
         * Called on the thread that signs in.
         *
         * @param code what to type at {@code address}
         * @param complete an address that has the code in it; null if the server gave none
         */
        void show(String code, URI address, @Nullable URI complete);
    }

    /** Opens an address in the system's browser. */
    @FunctionalInterface
    interface BrowserOpener {
        /** Returns whether a browser was started; if not, the caller shows the address. */
        boolean open(URI address);

        /** Opens it in the browser that the system has for its user, if there is a screen. */
        static BrowserOpener system() {
            return SystemBrowser::open;
        }
    }

    /** Asks the embedded server, over its admin socket, for a code of its owner. */
    @FunctionalInterface
    interface OwnerCodeSource {
        /**
         * A single-use authorization code that only the holder of the verifier of {@code codeChallenge} (S256) can
         * redeem.
         */
        String codeFor(String codeChallenge, URI redirectUri) throws PortholeException;
    }
}
