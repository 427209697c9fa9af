package dev.porthole.core;

import dev.porthole.core.PortholeException.Kind;
import dev.porthole.core.agent.AgentTime;
import dev.porthole.core.api.ControlPlaneClient;
import dev.porthole.core.api.Credentials;
import dev.porthole.core.api.InvalidServerAddressException;
import dev.porthole.core.api.ProblemException;
import dev.porthole.core.api.ServerAddress;
import dev.porthole.core.api.User;
import dev.porthole.core.auth.Account;
import dev.porthole.core.auth.AuthState;
import dev.porthole.core.auth.AuthorizationException;
import dev.porthole.core.auth.AuthorizationService;
import dev.porthole.core.auth.AuthorizationServiceConfiguration;
import dev.porthole.core.auth.MemorySecretStore;
import dev.porthole.core.auth.SecretStore;
import dev.porthole.core.auth.SecretStores;
import dev.porthole.core.config.ConfigFile;
import dev.porthole.core.config.LockFile;
import dev.porthole.core.config.PortholeHome;
import dev.porthole.core.traffic.TrafficBook;
import dev.porthole.core.tunnel.Device;
import dev.porthole.core.tunnel.TunnelService;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes connections of an account or an API key, and ends their tokens. Decides nothing; {@link Connections} does. */
final class ConnectionFactory {
    private static final Logger LOG = LoggerFactory.getLogger(ConnectionFactory.class);
    private static final String TOKENS = "tokens";
    private static final Duration HINT_AFTER = Duration.ofSeconds(10);

    private final PortholeHome home;
    private final Porthole.Options options;
    private final ConfigFile config;
    private final AgentTime time;
    private final TrafficBook traffic;
    private final Runnable ended;
    private @Nullable SecretStore secrets;

    /** {@code ended} is told when the server takes a sign-in no more. */
    ConnectionFactory(
            PortholeHome home,
            Porthole.Options options,
            ConfigFile config,
            AgentTime time,
            TrafficBook traffic,
            Runnable ended) {
        this.home = home;
        this.options = options;
        this.config = config;
        this.time = time;
        this.traffic = traffic;
        this.ended = ended;
    }

    /** What this device has of an account; asks the server nothing. */
    Connection ofAccount(Account account) throws IOException {
        AuthState auth = auth(account);
        Account known = account.ended() || auth.isAuthorized() ? account : account.asEnded();
        return connection(known, new ServerAddress(account.server()), auth, auth, secrets());
    }

    /** Asks the server whose key it is. */
    Connection ofKey(String key, @Nullable String server) throws PortholeException {
        if (server == null) {
            throw new PortholeException(
                    Kind.WRONG_USE, "server: none given (expected: --server or PORTHOLE_SERVER beside the API key)");
        }
        ServerAddress address = null;
        try {
            address = ServerAddress.parse(server);
            User user = new ControlPlaneClient(address, Credentials.ofKey(key), userAgent()).me();
            Account account = new Account(address.base(), "", user, false, "", false);
            return connection(account, address, Credentials.ofKey(key), null, new MemorySecretStore());
        } catch (InvalidServerAddressException wrong) {
            throw new PortholeException(Kind.WRONG_USE, String.valueOf(wrong.getMessage()), wrong);
        } catch (ProblemException problem) {
            throw Failures.of(problem);
        } catch (IOException silent) {
            throw Failures.of(silent, address);
        } catch (InterruptedException stopped) {
            throw Failures.of(stopped);
        }
    }

    /** The tokens that this device has of an account. */
    AuthState auth(Account account) throws IOException {
        takeOver(account);
        return new AuthState(
                nameOf(account),
                secrets(),
                home.stateFile("refresh.lock"),
                time,
                () -> service(account.issuer()),
                ended);
    }

    /** Several sign-ins are kept beside each other; changing over moves none of them. */
    private static String nameOf(Account account) {
        return TOKENS + " " + account.server() + " " + account.user().id();
    }

    /** Releases that kept one sign-in kept its tokens under one name: they are the active account's. */
    private void takeOver(Account account) throws IOException {
        Optional<String> only = secrets().read(TOKENS);
        if (only.isPresent()) {
            try (LockFile _ = LockFile.take(home.stateFile("refresh.lock"))) {
                if (secrets().read(nameOf(account)).isEmpty()) {
                    secrets().write(nameOf(account), only.get());
                }
                secrets().delete(TOKENS);
            }
        }
    }

    /** Forgets a connection's tokens, and tells the server so if it can be reached. */
    void revoke(Connection ending) throws IOException {
        AuthState auth = ending.auth();
        Optional<String> refreshToken = auth == null ? Optional.empty() : auth.forget();
        if (refreshToken.isEmpty()) {
            return;
        }
        try {
            service(ending.account().issuer()).revoke(refreshToken.get());
        } catch (AuthorizationException | IOException failed) {
            // Forgotten here all the same; at the server it ends when it has not been used for a while.
            LOG.warn(
                    "{} could not be told that the sign-in is over: {}",
                    ending.account().server(),
                    failed.getMessage());
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }

    /** What this program calls itself. */
    String userAgent() {
        return "Porthole/" + options.clientVersion();
    }

    private Connection connection(
            Account account,
            ServerAddress server,
            Credentials credentials,
            @Nullable AuthState auth,
            SecretStore connectTokens)
            throws IOException {
        ControlPlaneClient client = new ControlPlaneClient(server, credentials, userAgent());
        TunnelService tunnels = new TunnelService(
                client,
                new Device(home.deviceId(), ComputerName.ofThisComputer(), options.clientVersion()),
                connector -> new ConnectTokens(connectTokens, connector),
                new ConfiguredEndpoints(config),
                home.stateFile("running-tunnels.json"),
                home.data().resolve("shared-folders.json"),
                time,
                traffic,
                problem -> {
                    if (problem.status() == 401) {
                        ended.run();
                    }
                },
                HINT_AFTER);
        String protection = auth == null ? "given to this program alone" : connectTokens.protection();
        return new Connection(account, client, auth, tunnels, protection, new ArrayList<>());
    }

    private static AuthorizationService service(String issuer)
            throws AuthorizationException, IOException, InterruptedException {
        return new AuthorizationService(AuthorizationServiceConfiguration.fetch(issuer));
    }

    private SecretStore secrets() throws IOException {
        SecretStore chosen = secrets;
        if (chosen == null) {
            chosen = SecretStores.choose(home);
            secrets = chosen;
        }
        return chosen;
    }
}
