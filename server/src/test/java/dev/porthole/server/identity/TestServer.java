package dev.porthole.server.identity;

import dev.porthole.core.api.ApiKey;
import dev.porthole.core.api.Ids;
import dev.porthole.core.api.OAuthClient;
import dev.porthole.server.PlantedSecrets;
import dev.porthole.server.config.SignInSettings;
import dev.porthole.server.console.Pages;
import dev.porthole.server.store.DataBrowser;
import dev.porthole.server.store.SecretBox;
import dev.porthole.server.store.Slice;
import dev.porthole.server.store.Store;
import dev.porthole.server.store.TestStores;
import io.undertow.Undertow;
import io.undertow.server.HttpHandler;
import io.undertow.server.RoutingHandler;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/** The identity routes on a real listener, over a real database file. */
final class TestServer implements AutoCloseable {
    static final String USER = "ada";
    static final String PASSWORD = PlantedSecrets.plant("quiet harbour kite 7");

    final MovableClock clock = new MovableClock();
    final BlockingQueue<String> signedIn = new LinkedBlockingQueue<>();
    final BlockingQueue<String> ended = new LinkedBlockingQueue<>();
    final Store store;
    final PublicAddresses addresses;
    final Identity identity;
    final int port;

    private final Undertow undertow;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private TestServer(Path folder, Function<Integer, PublicAddresses> where, SignInSettings signIn) {
        AtomicReference<HttpHandler> root = new AtomicReference<>();
        undertow = Undertow.builder()
                .addHttpListener(0, "127.0.0.1")
                .setHandler(exchange -> exchange.dispatch(threads, root.get()))
                .build();
        undertow.start();
        port = ((InetSocketAddress) undertow.getListenerInfo().getFirst().getAddress()).getPort();
        addresses = where.apply(port);
        store = TestStores.open(folder);
        identity = new Identity(store, SecretBox.in(folder), addresses, signIn, clock, signedIn::add, ended::add);
        RoutingHandler routes = new RoutingHandler();
        identity.mount(routes);
        routes.get("/", identity.visits().front(TestServer::greet));
        root.set(routes);
    }

    /** The front page, which is no part of this package: says who is signed in. */
    private static void greet(Visit visit) {
        Pages.protect(visit.exchange(), null);
        visit.exchange()
                .getResponseSender()
                .send("<h1>Hello, " + visit.userName() + "</h1><form method=\"post\" action=\"/sign-out\">"
                        + "<input type=\"hidden\" name=\"form_token\" value=\"" + visit.formToken() + "\"></form>");
    }

    /** Without any account, at the addresses of a server without a domain. */
    static TestServer empty(Path folder) {
        return withoutDomain(folder, SignInSettings.DEFAULT);
    }

    /** With one account and ways to sign in. */
    static TestServer started(Path folder, SignInSettings signIn) throws UnacceptableAccountException {
        return withoutDomain(folder, signIn).withAccount();
    }

    private static TestServer withoutDomain(Path folder, SignInSettings signIn) {
        return new TestServer(
                folder,
                port -> new PublicAddresses(
                        URI.create("http://localhost:" + port), URI.create("http://porthole.localhost:" + port)),
                signIn);
    }

    /** With one account. */
    static TestServer started(Path folder) throws UnacceptableAccountException {
        return empty(folder).withAccount();
    }

    /** With one account, behind a base URL with https. */
    static TestServer secure(Path folder) throws UnacceptableAccountException {
        URI base = URI.create("https://tunnels.example.com");
        return new TestServer(folder, port -> new PublicAddresses(base, base), SignInSettings.DEFAULT).withAccount();
    }

    private TestServer withAccount() throws UnacceptableAccountException {
        if (identity.accounts().createFirst(USER, PASSWORD).isEmpty()) {
            throw new AssertionError("there is an account already");
        }
        return this;
    }

    Browser browser() {
        return new Browser(this);
    }

    Client client() {
        return new Client(this);
    }

    /** A program of somebody else's, as an administrator registers it. */
    OAuthClient registered(String name, String... redirects) {
        return store.write(handle -> identity.clients().register(handle, name, List.of(redirects), false));
    }

    /** A server that may ask what tokens are worth, with its secret. */
    OAuthClient resourceServer() {
        return store.write(handle -> identity.clients().register(handle, "Wiki", List.of(), true));
    }

    String userId() {
        return identity.accounts().userNamed(USER).orElseThrow();
    }

    Optional<Principal> authenticate(String token) {
        return identity.authenticator().authenticate("Bearer " + token, null);
    }

    /** A project of the user, as the control plane would have made it. */
    String project() {
        String organization = Ids.next("org");
        String project = Ids.next("prj");
        store.writeOnly(handle -> {
            handle.execute("INSERT INTO organizations (id, name, created_at) VALUES (?, 'home', 0)", organization);
            handle.execute(
                    "INSERT INTO projects (id, organization_id, name, created_at) VALUES (?, ?, 'first', 0)",
                    project,
                    organization);
        });
        return project;
    }

    /** A connector of a project, as the control plane would have made it. */
    String connector(String project) {
        String connector = Ids.next("con");
        store.writeOnly(handle -> handle.execute(
                "INSERT INTO connectors (id, project_id, kind, name, created_at) VALUES (?, ?, 'managed', 'laptop', 0)",
                connector,
                project));
        return connector;
    }

    /** The live keys of a project. */
    List<ApiKey> keys(String project) {
        return store.read(handle -> store.keys().list(handle, project, new Slice(null, 100)));
    }

    /** A write that may be refused. */
    @FunctionalInterface
    interface Refusable<T> {
        T run(Handle handle) throws RefusedException;
    }

    <T> T storeWrite(Refusable<T> work) {
        return store.write(handle -> {
            try {
                return work.run(handle);
            } catch (RefusedException refused) {
                throw new AssertionError(refused);
            }
        });
    }

    /** Whether a text is anywhere in the database. */
    boolean stores(String text) {
        List<String> tables =
                store.browser().tables().stream().map(DataBrowser.Table::name).toList();
        return store.read(handle -> tables.stream()
                .flatMap(table -> handle.createQuery("SELECT * FROM " + table).mapToMap().list().stream())
                .flatMap(row -> row.values().stream())
                .anyMatch(value -> String.valueOf(value).contains(text)));
    }

    /** The audit trail: who did what to what, and from where. */
    List<String> deeds() {
        return store.read(
                handle -> handle.createQuery("SELECT actor, action, resource, address FROM audit ORDER BY at, id")
                        .map((row, context) -> row.getString(1) + " " + row.getString(2) + " " + row.getString(3) + " "
                                + row.getString(4))
                        .list());
    }

    @Override
    public void close() {
        undertow.stop();
        threads.close();
        store.close();
    }
}
