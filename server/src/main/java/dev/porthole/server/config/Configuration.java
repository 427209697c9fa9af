package dev.porthole.server.config;

import dev.porthole.server.config.ServerSettings.LogLevel;
import dev.porthole.server.edge.TrustedProxies;
import dev.porthole.server.store.DatabaseUrl;
import java.net.URI;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the configuration from flags, the environment and a file, and says all that is wrong with it at once. */
public final class Configuration {
    private static final Pattern DOMAIN =
            Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*");
    private static final Pattern BIND = Pattern.compile("[0-9a-zA-Z.:%-]+");

    private static final Setting<Path> DATA_DIR = new Setting<>(
            "data", "dir", "--data-dir", null, "a folder", "The folder with the database and the keys.", Path::of);
    private static final Setting<String> BIND_ADDRESS = new Setting<>(
            "listen",
            "bind",
            "--bind",
            "127.0.0.1",
            "an address of this computer, such as 0.0.0.0",
            "Where visitors come in.",
            Configuration::bind);
    private static final Setting<Integer> PORT = new Setting<>(
            "listen", "port", "--port", "8080", "0-65535", "The public port; 0 takes a free one.", Configuration::port);
    private static final Setting<URI> BASE_URL = new Setting<>(
            "address",
            "base-url",
            "--base-url",
            null,
            "an address such as https://porthole.example.com",
            "Where the server itself is reached from outside.",
            Configuration::baseUrl);
    private static final Setting<String> TUNNEL_DOMAIN = new Setting<>(
            "address",
            "tunnel-domain",
            null,
            "localhost",
            "a domain such as tunnels.example.com",
            "Tunnels are at <name>.<domain>.",
            Configuration::domain);
    private static final Setting<PortSettings> PORTS_RANGE = new Setting<>(
            "ports",
            "range",
            null,
            "20000-20099",
            "two ports such as 20000-20099, or none",
            "Ports for TCP tunnels, and for HTTP tunnels that ask for one.",
            Configuration::range);
    private static final Setting<String> PORTS_BIND = new Setting<>(
            "ports",
            "bind",
            null,
            PortSettings.DEFAULT.bind(),
            "an address of this computer, such as 0.0.0.0",
            "Where visitors of tunnels' ports come in.",
            Configuration::bind);
    private static final Setting<Integer> PORTS_PER_PROJECT = new Setting<>(
            "ports",
            "per-project",
            null,
            Integer.toString(PortSettings.DEFAULT.perProject()),
            "0-65535",
            "How many ports one project's tunnels may have.",
            Configuration::port);
    private static final Setting<Duration> PORTS_IDLE_MINUTES = new Setting<>(
            "ports",
            "idle-minutes",
            null,
            Long.toString(PortSettings.DEFAULT.idle().toMinutes()),
            "1-10080",
            "How long a connection to a TCP tunnel may rest in both directions.",
            Configuration::minutes);
    private static final Setting<LogLevel> LOG_LEVEL = new Setting<>(
            "log",
            "level",
            null,
            "info",
            Arrays.stream(LogLevel.values()).map(LogLevel::name).collect(Collectors.joining(", ")),
            "The least important level that is logged.",
            LogLevel::valueOf);
    private static final Setting<LogSettings.Requests> LOG_REQUESTS = new Setting<>(
            "log",
            "requests",
            null,
            "lines",
            "off, lines, detail",
            "What is logged of each request, at the level info: nothing; method, path, status and time; or these with all"
                    + " fields, secrets masked.",
            LogSettings.Requests::valueOf);
    private static final Setting<ZoneId> LOG_TIME_ZONE = new Setting<>(
            "log",
            "time-zone",
            null,
            "UTC",
            "a time zone such as Europe/Berlin or +01:00, or system",
            "In which time zone the log says when.",
            Configuration::zone);

    private static final Setting<TrustedProxies> TRUSTED_PROXIES = new Setting<>(
            "listen",
            "trusted-proxies",
            null,
            "",
            "networks such as 10.0.0.0/8, with commas between them",
            "Proxies in front of this server: what they say about visitors (X-Forwarded-*, Forwarded) is believed, and"
                    + " limits count the visitors whom they name. Nobody, unless said.",
            text -> new TrustedProxies(NetworkList.parse(text)));

    private static final Setting<TlsSettings.Mode> TLS_MODE = new Setting<>(
            "tls",
            "mode",
            null,
            "off",
            Arrays.stream(TlsSettings.Mode.values()).map(TlsSettings.Mode::word).collect(Collectors.joining(", ")),
            "Whether the public port speaks TLS, and where its certificate comes from.",
            TlsSettings.Mode::of);
    private static final Setting<Path> TLS_CERTIFICATE = new Setting<>(
            "tls",
            "certificate",
            null,
            null,
            "a file",
            "The certificate and those above it, in PEM; read again when it changes.",
            Path::of);
    private static final Setting<Path> TLS_KEY =
            new Setting<>("tls", "key", null, null, "a file", "The certificate's key, in PEM.", Path::of);
    private static final Setting<Integer> TLS_REDIRECT_PORT = new Setting<>(
            "tls",
            "redirect-port",
            null,
            null,
            "0-65535",
            "A plain port whose visitors are sent to https.",
            Configuration::port);

    private static final Setting<DatabaseUrl> DATABASE_URL = new Setting<>(
            "database",
            "url",
            null,
            null,
            "postgresql://user:password@host:port/database",
            "A PostgreSQL to keep everything in; without one it is in the data folder. Parameters such as"
                    + " ?sslmode=verify-full are those of its JDBC driver, whose own form (jdbc:postgresql:) is taken"
                    + " too.",
            DatabaseUrl::parse,
            true);

    static final List<Setting<?>> ALL = Stream.concat(
                    Stream.of(
                            DATA_DIR,
                            BIND_ADDRESS,
                            PORT,
                            TRUSTED_PROXIES,
                            BASE_URL,
                            TUNNEL_DOMAIN,
                            PORTS_RANGE,
                            PORTS_BIND,
                            PORTS_PER_PROJECT,
                            PORTS_IDLE_MINUTES,
                            LOG_LEVEL,
                            LOG_REQUESTS,
                            LOG_TIME_ZONE,
                            TLS_MODE,
                            TLS_CERTIFICATE,
                            TLS_KEY,
                            TLS_REDIRECT_PORT,
                            DATABASE_URL),
                    Stream.of(LimitOptions.ALL, QuotaOptions.ALL, SignInOptions.ALL)
                            .flatMap(List::stream))
            .toList();

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
            List<String> known = Stream.concat(ALL.stream(), SignInOptions.of(providers).stream())
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
        for (Setting<?> setting : Stream.concat(ALL.stream(), SignInOptions.of(providers).stream())
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
        configuration.gather(DATABASE_URL, environment);
        DatabaseUrl database = configuration.value(DATABASE_URL);
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
        Path dataDir = value(DATA_DIR);
        String bind = value(BIND_ADDRESS);
        Integer port = value(PORT);
        URI baseUrl = value(BASE_URL);
        String tunnelDomain = value(TUNNEL_DOMAIN);
        PortSettings ports = ports();
        LogSettings log = new LogSettings(
                valueOrStandard(LOG_LEVEL), valueOrStandard(LOG_REQUESTS), valueOrStandard(LOG_TIME_ZONE));
        TrustedProxies trustedProxies = valueOrStandard(TRUSTED_PROXIES);
        LimitSettings limits = LimitOptions.read(this::valueOrStandard);
        TlsSettings tls = tls();
        SignInSettings signIn = signIn();
        QuotaSettings quota = QuotaOptions.read(this::valueOrStandard);
        DatabaseUrl database = value(DATABASE_URL);
        if (dataDir == null && !given.containsKey(DATA_DIR.key())) {
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
        TlsSettings.Mode mode = Objects.requireNonNullElse(value(TLS_MODE), TlsSettings.Mode.OFF);
        Path certificate = value(TLS_CERTIFICATE);
        Path key = value(TLS_KEY);
        Integer redirectPort = value(TLS_REDIRECT_PORT);
        boolean files = mode == TlsSettings.Mode.FILES;
        for (Setting<Path> file : List.of(TLS_CERTIFICATE, TLS_KEY)) {
            boolean there = given.containsKey(file.key());
            if (files && !there) {
                mistakes.add(file.key() + ": missing (expected: a file, because tls.mode is files)");
            } else if (!files && there) {
                mistakes.add(origin(file) + ": " + file.key() + " without tls.mode: files");
            }
        }
        if (mode == TlsSettings.Mode.OFF && redirectPort != null) {
            mistakes.add(origin(TLS_REDIRECT_PORT) + ": tls.redirect-port without TLS (expected: tls.mode: files or"
                    + " local-ca)");
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
        PortSettings range = value(PORTS_RANGE);
        String bind = value(PORTS_BIND);
        Integer perProject = value(PORTS_PER_PROJECT);
        Duration idle = value(PORTS_IDLE_MINUTES);
        return range == null || bind == null || perProject == null || idle == null
                ? null
                : new PortSettings(range.first(), range.last(), bind, perProject, idle);
    }

    /** A tunnel that could be the console's neighbour under one cookie domain could set or read its cookies. */
    private void checkOrigins(URI baseUrl, String tunnelDomain) {
        String host = String.valueOf(baseUrl.getHost()).toLowerCase(Locale.ROOT);
        boolean shared = host.equals(tunnelDomain) || host.endsWith("." + tunnelDomain);
        if (shared && !tunnelDomain.equals("localhost")) {
            SettingsFile.Value value = given.get(TUNNEL_DOMAIN.key());
            mistakes.add((value == null ? TUNNEL_DOMAIN.key() : value.origin()) + ": tunnel domain " + tunnelDomain
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

    private static int port(String text) {
        int port = Integer.parseInt(text);
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException(text);
        }
        return port;
    }

    private static PortSettings range(String text) {
        if (text.equals("none")) {
            return PortSettings.DEFAULT.range(1, 0);
        }
        String[] ends = text.split("-", -1);
        int first = ends.length == 2 ? port(ends[0]) : 0;
        int last = ends.length == 2 ? port(ends[1]) : 0;
        if (first == 0 || last < first) {
            throw new IllegalArgumentException(text);
        }
        return PortSettings.DEFAULT.range(first, last);
    }

    private static Duration minutes(String text) {
        int minutes = Integer.parseInt(text);
        if (minutes < 1 || minutes > 10_080) {
            throw new IllegalArgumentException(text);
        }
        return Duration.ofMinutes(minutes);
    }

    private static ZoneId zone(String text) {
        try {
            return text.equals("system") ? ZoneId.systemDefault() : ZoneId.of(text);
        } catch (DateTimeException unknown) {
            throw new IllegalArgumentException(unknown);
        }
    }

    private static String bind(String text) {
        if (!BIND.matcher(text).matches()) {
            throw new IllegalArgumentException(text);
        }
        return text;
    }

    private static String domain(String text) {
        String domain = text.toLowerCase(Locale.ROOT);
        if (!DOMAIN.matcher(domain).matches()) {
            throw new IllegalArgumentException(text);
        }
        return domain;
    }

    private static URI baseUrl(String text) {
        URI url = URI.create(text.replaceFirst("/+$", ""));
        boolean web = "https".equals(url.getScheme()) || "http".equals(url.getScheme());
        boolean bare = url.getRawPath().isEmpty() && url.getRawQuery() == null && url.getRawFragment() == null;
        if (!web || !bare || url.getHost() == null || url.getRawUserInfo() != null) {
            throw new IllegalArgumentException(text);
        }
        return url;
    }

    /** The settings as tables for the documentation, one a section. */
    static String table() {
        StringBuilder table = new StringBuilder();
        String section = "";
        for (Setting<?> setting :
                Stream.concat(ALL.stream(), SignInOptions.DOCUMENTED.stream()).toList()) {
            if (!setting.section().equals(section)) {
                section = setting.section();
                table.append(table.isEmpty() ? "" : "\n")
                        .append("## `")
                        .append(section)
                        .append("`\n");
                table.append("| in the file | environment | flag | default | what it is |\n|---|---|---|---|---|\n");
            }
            table.append("| `")
                    .append(setting.key())
                    .append("` | `")
                    .append(setting.variable())
                    .append(setting.secret() ? "`, `" + SecretVariable.ofFile(setting.variable()) : "")
                    .append("` | ");
            table.append(code(setting.flag())).append(" | ");
            table.append(code(setting.standard())).append(" | ");
            table.append(setting.description())
                    .append(" Expected: ")
                    .append(setting.expected())
                    .append(". |\n");
        }
        return table.toString();
    }

    private static String code(@Nullable String text) {
        return text == null || text.isEmpty() ? "" : "`" + text + "`";
    }
}
