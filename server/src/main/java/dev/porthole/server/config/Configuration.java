package dev.porthole.server.config;

import dev.porthole.server.edge.TrustedProxies;
import dev.porthole.server.store.DatabaseUrl;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the configuration from flags, the environment and a file, and says all that is wrong with it at once. */
public final class Configuration {
    private final Map<String, SettingsFile.Value> given = new HashMap<>();
    private final List<String> mistakes = new ArrayList<>();
    private final Set<String> providers = new TreeSet<>();

    private Configuration() {}

    /**
     * Reads and checks all settings.
     *
     * @param flags values by flag, such as {@code --port}; what was not given is absent
     * @throws ConfigurationException with everything that is wrong
     */
    public static ServerSettings read(Map<String, String> flags, Map<String, String> environment, @Nullable Path file)
            throws ConfigurationException {
        Configuration configuration = new Configuration();
        configuration.gather(flags, environment, file);
        return configuration.settings();
    }

    private void gather(Map<String, String> flags, Map<String, String> environment, @Nullable Path file) {
        if (file != null) {
            Map<String, SettingsFile.Value> values = SettingsFile.read(file, mistakes);
            providers.addAll(SignInOptions.names(values.keySet(), List.of()));
            List<String> known = Stream.concat(ServerOptions.ALL.stream(), SignInOptions.of(providers).stream())
                    .map(Setting::key)
                    .toList();
            values.forEach((key, value) -> {
                if (!known.contains(key)) {
                    mistakes.add(value.origin() + ": unknown setting " + key + " (expected: one of "
                            + String.join(", ", near(key, known)) + ")");
                }
            });
            given.putAll(values);
        }
        providers.addAll(SignInOptions.names(List.of(), environment.keySet()));
        for (Setting<?> setting : Stream.concat(ServerOptions.ALL.stream(), SignInOptions.of(providers).stream())
                .toList()) {
            gather(setting, environment);
            String flag = setting.flag() == null ? null : flags.get(setting.flag());
            if (flag != null) {
                given.put(setting.key(), new SettingsFile.Value(flag, String.valueOf(setting.flag())));
            }
        }
    }

    private void gather(Setting<?> setting, Map<String, String> environment) {
        String variable = setting.variable();
        String text =
                setting.secret() ? SecretVariable.read(environment, variable, mistakes) : environment.get(variable);
        if (text != null) {
            String origin = environment.containsKey(variable) ? variable : SecretVariable.ofFile(variable);
            given.put(setting.key(), new SettingsFile.Value(text, origin));
        }
    }

    /**
     * The database that the environment alone names; null for a data folder's own.
     *
     * @throws ConfigurationException if it is not right
     */
    public static @Nullable DatabaseUrl database(Map<String, String> environment) throws ConfigurationException {
        Configuration configuration = new Configuration();
        configuration.gather(ServerOptions.DATABASE_URL, environment);
        DatabaseUrl database = configuration.value(ServerOptions.DATABASE_URL);
        if (!configuration.mistakes.isEmpty()) {
            throw new ConfigurationException(configuration.mistakes);
        }
        return database;
    }

    /** The settings of the same section; all of them if there is no such section. */
    private static List<String> near(String key, List<String> known) {
        String section = key.substring(0, key.indexOf('.') + 1);
        List<String> near =
                known.stream().filter(other -> other.startsWith(section)).toList();
        return near.isEmpty() ? known : near;
    }

    private ServerSettings settings() throws ConfigurationException {
        Path dataDir = value(ServerOptions.DATA_DIR);
        String bind = value(ServerOptions.BIND_ADDRESS);
        Integer port = value(ServerOptions.PORT);
        URI baseUrl = value(ServerOptions.BASE_URL);
        String tunnelDomain = value(ServerOptions.TUNNEL_DOMAIN);
        PortSettings ports = ports();
        LogSettings log = new LogSettings(
                valueOrStandard(ServerOptions.LOG_LEVEL),
                valueOrStandard(ServerOptions.LOG_REQUESTS),
                valueOrStandard(ServerOptions.LOG_TIME_ZONE));
        TrustedProxies trustedProxies = valueOrStandard(ServerOptions.TRUSTED_PROXIES);
        LimitSettings limits = LimitOptions.read(this::valueOrStandard);
        TlsSettings tls = tls();
        SignInSettings signIn = signIn();
        QuotaSettings quota = QuotaOptions.read(this::valueOrStandard);
        DatabaseUrl database = value(ServerOptions.DATABASE_URL);
        if (dataDir == null && !given.containsKey(ServerOptions.DATA_DIR.key())) {
            mistakes.add("data.dir: missing (expected: --data-dir DIR)");
        }
        if (baseUrl != null && tunnelDomain != null) {
            checkOrigins(baseUrl, tunnelDomain);
        }
        if (!mistakes.isEmpty()
                || dataDir == null
                || bind == null
                || port == null
                || tunnelDomain == null
                || ports == null) {
            throw new ConfigurationException(mistakes);
        }
        return new ServerSettings(
                dataDir,
                bind,
                port,
                baseUrl,
                tunnelDomain,
                ports,
                log,
                trustedProxies,
                limits,
                tls,
                signIn,
                quota,
                database);
    }

    private TlsSettings tls() {
        TlsSettings.Mode mode = Objects.requireNonNullElse(value(ServerOptions.TLS_MODE), TlsSettings.Mode.OFF);
        Path certificate = value(ServerOptions.TLS_CERTIFICATE);
        Path key = value(ServerOptions.TLS_KEY);
        Integer redirectPort = value(ServerOptions.TLS_REDIRECT_PORT);
        boolean files = mode == TlsSettings.Mode.FILES;
        for (Setting<Path> file : List.of(ServerOptions.TLS_CERTIFICATE, ServerOptions.TLS_KEY)) {
            boolean there = given.containsKey(file.key());
            if (files && !there) {
                mistakes.add(file.key() + ": missing (expected: a file, because tls.mode is files)");
            } else if (!files && there) {
                mistakes.add(origin(file) + ": " + file.key() + " without tls.mode: files");
            }
        }
        if (mode == TlsSettings.Mode.OFF && redirectPort != null) {
            mistakes.add(origin(ServerOptions.TLS_REDIRECT_PORT)
                    + ": tls.redirect-port without TLS (expected: tls.mode: files or" + " local-ca)");
        }
        return new TlsSettings(mode, certificate, key, redirectPort);
    }

    private SignInSettings signIn() {
        return SignInOptions.read(
                new SignInOptions.Source() {
                    @Override
                    public <T> @Nullable T of(Setting<T> setting) {
                        return value(setting);
                    }

                    @Override
                    public boolean isGiven(Setting<?> setting) {
                        return given.containsKey(setting.key());
                    }

                    @Override
                    public void wrong(Setting<?> setting, String problem) {
                        String origin = origin(setting);
                        mistakes.add(
                                (origin.equals(setting.key()) ? "" : origin + ": ") + setting.key() + ": " + problem);
                    }
                },
                providers);
    }

    private String origin(Setting<?> setting) {
        SettingsFile.Value value = given.get(setting.key());
        return value == null ? setting.key() : value.origin();
    }

    private @Nullable PortSettings ports() {
        PortSettings range = value(ServerOptions.PORTS_RANGE);
        String bind = value(ServerOptions.PORTS_BIND);
        Integer perProject = value(ServerOptions.PORTS_PER_PROJECT);
        Duration idle = value(ServerOptions.PORTS_IDLE_MINUTES);
        return range == null || bind == null || perProject == null || idle == null
                ? null
                : new PortSettings(range.first(), range.last(), bind, perProject, idle);
    }

    /** A tunnel that could be the console's neighbour under one cookie domain could set or read its cookies. */
    private void checkOrigins(URI baseUrl, String tunnelDomain) {
        String host = String.valueOf(baseUrl.getHost()).toLowerCase(Locale.ROOT);
        boolean shared = host.equals(tunnelDomain) || host.endsWith("." + tunnelDomain);
        if (shared && !tunnelDomain.equals("localhost")) {
            SettingsFile.Value value = given.get(ServerOptions.TUNNEL_DOMAIN.key());
            mistakes.add((value == null ? ServerOptions.TUNNEL_DOMAIN.key() : value.origin()) + ": tunnel domain "
                    + tunnelDomain
                    + " holds the console's own host " + host
                    + " (expected: a domain that is neither the console's host nor above it)");
        }
    }

    private <T> @Nullable T value(Setting<T> setting) {
        SettingsFile.Value value = given.get(setting.key());
        String text = value == null ? setting.standard() : value.text();
        if (text == null) {
            return null;
        }
        try {
            return setting.parser().parse(text);
        } catch (IllegalArgumentException wrong) {
            String origin = value == null ? "default" : value.origin();
            mistakes.add(origin + ": " + setting.key() + ": " + (setting.secret() ? "not right" : text) + " (expected: "
                    + setting.expected() + ")");
            return null;
        }
    }

    /** What is wrong has been written down; something has to stand in its place until all is read. */
    private <T> T valueOrStandard(Setting<T> setting) {
        T value = value(setting);
        return value == null ? setting.standardValue() : value;
    }
}
