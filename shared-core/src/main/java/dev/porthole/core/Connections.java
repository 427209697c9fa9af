package dev.porthole.core;

import dev.porthole.core.PortholeException.Kind;
import dev.porthole.core.agent.AgentTime;
import dev.porthole.core.api.ProblemException;
import dev.porthole.core.api.ServerAddress;
import dev.porthole.core.auth.Account;
import dev.porthole.core.auth.AccountFile;
import dev.porthole.core.auth.AccountShelf;
import dev.porthole.core.config.ConfigFile;
import dev.porthole.core.config.FileWatch;
import dev.porthole.core.config.PortholeHome;
import dev.porthole.core.observe.Observable;
import dev.porthole.core.observe.Observed;
import dev.porthole.core.observe.Subscription;
import dev.porthole.core.traffic.TrafficBook;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * At most one sign-in at a time, and what hangs on it. It is shared with the other processes of this device: what one
 * does (sign in, sign out, find the sign-in ended) the others see in {@code account.json}.
 *
 * <p>Safe from any thread.
 */
final class Connections {
    /** Told of a new connection, or (null) that there is none; gives what is to be closed with it. */
    interface Listener {
        List<Subscription> connected(@Nullable Connection connection);
    }

    /** One way to sign in. */
    interface Way {
        SignInFlow.Result run(SignInFlow flow) throws PortholeException;
    }

    /** What is done with a connection. */
    interface Action<T> {
        T on(Connection connection) throws ProblemException, IOException, InterruptedException;
    }

    private static final Logger LOG = LoggerFactory.getLogger(Connections.class);

    private final Porthole.Options options;
    private final ConfigFile config;
    private final Listener listener;
    private final AccountFile accounts;
    private final AccountShelf shelf;
    private final ConnectionFactory connections;
    private final ReentrantLock changing = new ReentrantLock();
    private final Observed<SignIn> signIn = new Observed<>(new SignIn.SignedOut());
    private volatile @Nullable Connection current;
    private @Nullable FileWatch watch;
    private boolean closed;

    Connections(
            PortholeHome home,
            Porthole.Options options,
            ConfigFile config,
            AgentTime time,
            TrafficBook traffic,
            Listener listener) {
        this.options = options;
        this.config = config;
        this.listener = listener;
        this.connections = new ConnectionFactory(home, options, config, time, traffic, this::ended);
        this.accounts = new AccountFile(home.data().resolve("account.json"));
        this.shelf = new AccountShelf(home.data().resolve("accounts.json"));
    }

    Observable<SignIn> signIn() {
        return signIn;
    }

    @Nullable
    Connection current() {
        return current;
    }

    private Connection require() throws PortholeException {
        Connection now = current;
        if (now == null) {
            throw new PortholeException(Kind.NOT_SIGNED_IN, "Not signed in.");
        }
        if (now.account().ended()) {
            throw new PortholeException(Kind.NOT_SIGNED_IN, "The sign-in has ended. Sign in again.");
        }
        return now;
    }

    /** Does something with whoever is signed in, and puts failures into words. */
    <T> T call(Action<T> action) throws PortholeException {
        Connection connection = require();
        try {
            return action.on(connection);
        } catch (ProblemException problem) {
            if (problem.status() == 401) {
                ended();
            }
            throw Failures.of(problem);
        } catch (IOException silent) {
            throw Failures.of(silent, connection.client().server());
        } catch (InterruptedException stopped) {
            throw Failures.of(stopped);
        }
    }

    /** Takes up what this device has: the API key of this process, or the sign-in of an earlier one. */
    void restore() throws PortholeException, IOException {
        String key = options.apiKey();
        if (key != null) {
            String server = options.server();
            begin(connections.ofKey(
                    key,
                    server != null ? server : config.config().get().server().orElse(null)));
            return;
        }
        if (options.follows()) {
            watch = FileWatch.start(accounts.path(), this::reload);
        }
        changing.lock();
        try {
            Optional<Account> account = mine();
            if (account.isPresent()) {
                replace(account.get());
            }
        } finally {
            changing.unlock();
        }
    }

    /** Signs in; what another account carried is stopped, the same account goes on. */
    SignIn.SignedIn signIn(ServerAddress server, Way way) throws PortholeException {
        SignIn before = signIn.get();
        signIn.set(new SignIn.SigningIn(server.base()));
        try {
            SignInFlow.Result result = way.run(new SignInFlow(server, connections.userAgent()));
            take(result);
        } catch (PortholeException | RuntimeException failed) {
            signIn.update(now -> now instanceof SignIn.SigningIn ? before : now);
            throw failed;
        }
        if (signIn.get() instanceof SignIn.SignedIn signedIn) {
            return signedIn;
        }
        throw new PortholeException(Kind.CANCELLED, "Another program signed out in the meantime.");
    }

    /** Ends the sign-in: here, for the other processes, and at the server. */
    void signOut() throws PortholeException {
        changing.lock();
        try {
            Connection ending = current;
            if (ending != null) {
                List<String> _ = ending.tunnels().stopAll();
                leave();
                if (ending.auth() != null) {
                    connections.revoke(ending);
                    accounts.update(_ -> Optional.empty());
                    shelf.forget(ending.account());
                }
            }
            signIn.set(new SignIn.SignedOut());
        } catch (IOException failed) {
            throw Failures.of(failed, null);
        } finally {
            changing.unlock();
        }
    }

    /** The server takes this sign-in no more. */
    void ended() {
        changing.lock();
        try {
            Connection now = current;
            if (now == null || now.account().ended()) {
                return;
            }
            Connection ended = now.as(now.account().asEnded());
            current = ended;
            signIn.set(ended.shown());
            if (ended.auth() != null) {
                accounts.update(kept -> kept.filter(ended::isOf).isPresent() ? Optional.of(ended.account()) : kept);
                shelf.keep(ended.account());
            }
        } catch (IOException failed) {
            LOG.warn("{} can't be written: {}", accounts.path(), failed.getMessage());
        } finally {
            changing.unlock();
        }
    }

    /** Gives the labels of the tunnels that could not be turned off. */
    List<String> close(boolean stopTunnels) {
        Connection ending;
        changing.lock();
        try {
            closed = true;
            ending = current;
            if (watch != null) {
                watch.close();
            }
        } finally {
            changing.unlock();
        }
        if (ending == null) {
            return List.of();
        }
        List<String> stillOn = stopTunnels ? ending.tunnels().stopAll() : List.of();
        ending.close();
        return stillOn;
    }

    private void take(SignInFlow.Result result) throws PortholeException {
        changing.lock();
        try {
            Connection before = current;
            Account account = result.account();
            if (before != null && !before.isOf(account)) {
                setAside(before);
            }
            connections.auth(account).update(result.tokens());
            activate(account);
        } catch (IOException failed) {
            throw Failures.of(failed, null);
        } finally {
            changing.unlock();
        }
    }

    /** Everyone who signed in here, the active one first. */
    List<KnownSignIn> known() throws PortholeException {
        try {
            Optional<Account> active = accounts.read();
            List<KnownSignIn> known = new ArrayList<>();
            active.ifPresent(account -> known.add(shown(account, true)));
            for (Account account : shelf.all()) {
                if (active.filter(account::isSame).isEmpty()) {
                    known.add(shown(account, false));
                }
            }
            return List.copyOf(known);
        } catch (IOException failed) {
            throw Failures.of(failed, null);
        }
    }

    private static KnownSignIn shown(Account account, boolean active) {
        return new KnownSignIn(account.server(), account.user(), account.embedded(), active, account.ended());
    }

    /** Changes over to someone who signed in here before; what the one before carried is turned off. */
    void switchTo(KnownSignIn wanted) throws PortholeException {
        if (options.apiKey() != null) {
            throw new PortholeException(
                    Kind.WRONG_USE, "An API key was given to this program: it counts, not a sign-in.");
        }
        changing.lock();
        try {
            Account account = shelf.all().stream()
                    .filter(kept -> kept.server().equals(wanted.server())
                            && kept.user().id().equals(wanted.user().id()))
                    .findFirst()
                    .orElseThrow(() -> new PortholeException(
                            Kind.NOT_FOUND,
                            wanted.user().name() + " is signed in at " + wanted.server() + " no more."));
            Connection before = current;
            if (before != null && before.isOf(account)) {
                return;
            }
            if (before != null) {
                setAside(before);
            }
            activate(account);
        } catch (IOException failed) {
            throw Failures.of(failed, null);
        } finally {
            changing.unlock();
        }
    }

    /** Its sign-in stays, for another time. */
    private void setAside(Connection before) throws IOException {
        List<String> _ = before.tunnels().stopAll();
        leave();
        if (before.auth() != null) {
            shelf.keep(before.account());
        }
    }

    private void activate(Account account) throws IOException {
        shelf.keep(account);
        accounts.update(_ -> Optional.of(account));
        config.update(choices -> choices.withServer(account.server().toString()));
        replace(account);
    }

    /** Another process changed {@code account.json}, or this one did. */
    private void reload() {
        changing.lock();
        try {
            Optional<Account> account = mine();
            Connection now = current;
            if (closed || account.equals(Optional.ofNullable(now).map(Connection::account))) {
                return;
            }
            if (account.isPresent()) {
                replace(account.get());
            } else {
                leave();
                signIn.set(new SignIn.SignedOut());
            }
        } catch (IOException failed) {
            LOG.warn("{} can't be read: {}", accounts.path(), failed.getMessage());
        } finally {
            changing.unlock();
        }
    }

    private void replace(Account account) throws IOException {
        Connection before = current;
        if (before != null && before.isOf(account)) {
            Connection renewed = before.as(account);
            current = renewed;
            if (renewed.auth() != null) {
                renewed.auth().reload();
            }
            if (!account.ended()) {
                renewed.tunnels().credentialsRenewed();
            }
            signIn.set(renewed.shown());
            return;
        }
        leave();
        begin(connections.ofAccount(account));
    }

    private void begin(Connection connection) {
        current = connection;
        signIn.set(connection.shown());
        connection.subscriptions().addAll(listener.connected(connection));
    }

    private void leave() {
        Connection leaving = current;
        if (leaving != null) {
            current = null;
            leaving.close();
            List<Subscription> _ = listener.connected(null);
        }
    }

    /** Who is signed in, unless this process was sent to another server. */
    private Optional<Account> mine() throws IOException {
        String wanted = options.server();
        if (wanted == null) {
            return accounts.read();
        }
        URI server = ServerAddress.parse(wanted).base();
        return accounts.read().filter(account -> account.server().equals(server));
    }
}
