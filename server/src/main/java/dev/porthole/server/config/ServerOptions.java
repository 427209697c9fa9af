package dev.porthole.server.config;

import dev.porthole.server.config.ServerSettings.LogLevel;
import dev.porthole.server.edge.TrustedProxies;
import dev.porthole.server.store.DatabaseUrl;
import java.net.URI;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The settings of the server itself, and what each may be. Those of limits, quotas and sign-in have classes of their
 * own.
 */
final class ServerOptions {
    private static final Pattern DOMAIN =
            Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*");
    private static final Pattern BIND = Pattern.compile("[0-9a-zA-Z.:%-]+");

    static final Setting<Path> DATA_DIR = new Setting<>(
            "data", "dir", "--data-dir", null, "a folder", "The folder with the database and the keys.", Path::of);
    static final Setting<String> BIND_ADDRESS = new Setting<>(
            "listen",
            "bind",
            "--bind",
            "127.0.0.1",
            "an address of this computer, such as 0.0.0.0",
            "Where visitors come in.",
            ServerOptions::bind);
    static final Setting<Integer> PORT = new Setting<>(
            "listen", "port", "--port", "8080", "0-65535", "The public port; 0 takes a free one.", ServerOptions::port);
    static final Setting<URI> BASE_URL = new Setting<>(
            "address",
            "base-url",
            "--base-url",
            null,
            "an address such as https://porthole.example.com",
            "Where the server itself is reached from outside.",
            ServerOptions::baseUrl);
    static final Setting<String> TUNNEL_DOMAIN = new Setting<>(
            "address",
            "tunnel-domain",
            null,
            "localhost",
            "a domain such as tunnels.example.com",
            "Tunnels are at <name>.<domain>.",
            ServerOptions::domain);
    static final Setting<PortSettings> PORTS_RANGE = new Setting<>(
            "ports",
            "range",
            null,
            "20000-20099",
            "two ports such as 20000-20099, or none",
            "Ports for TCP tunnels, and for HTTP tunnels that ask for one.",
            ServerOptions::range);
    static final Setting<String> PORTS_BIND = new Setting<>(
            "ports",
            "bind",
            null,
            PortSettings.DEFAULT.bind(),
            "an address of this computer, such as 0.0.0.0",
            "Where visitors of tunnels' ports come in.",
            ServerOptions::bind);
    static final Setting<Integer> PORTS_PER_PROJECT = new Setting<>(
            "ports",
            "per-project",
            null,
            Integer.toString(PortSettings.DEFAULT.perProject()),
            "0-65535",
            "How many ports one project's tunnels may have.",
            ServerOptions::port);
    static final Setting<Duration> PORTS_IDLE_MINUTES = new Setting<>(
            "ports",
            "idle-minutes",
            null,
            Long.toString(PortSettings.DEFAULT.idle().toMinutes()),
            "1-10080",
            "How long a connection to a TCP tunnel may rest in both directions.",
            ServerOptions::minutes);
    static final Setting<LogLevel> LOG_LEVEL = new Setting<>(
            "log",
            "level",
            null,
            "info",
            Arrays.stream(LogLevel.values()).map(LogLevel::name).collect(Collectors.joining(", ")),
            "The least important level that is logged.",
            LogLevel::valueOf);
    static final Setting<LogSettings.Requests> LOG_REQUESTS = new Setting<>(
            "log",
            "requests",
            null,
            "lines",
            "off, lines, detail",
            "What is logged of each request, at the level info: nothing; method, path, status and time; or these with all"
                    + " fields, secrets masked.",
            LogSettings.Requests::valueOf);
    static final Setting<ZoneId> LOG_TIME_ZONE = new Setting<>(
            "log",
            "time-zone",
            null,
            "UTC",
            "a time zone such as Europe/Berlin or +01:00, or system",
            "In which time zone the log says when.",
            ServerOptions::zone);

    static final Setting<TrustedProxies> TRUSTED_PROXIES = new Setting<>(
            "listen",
            "trusted-proxies",
            null,
            "",
            "networks such as 10.0.0.0/8, with commas between them",
            "Proxies in front of this server: what they say about visitors (X-Forwarded-*, Forwarded) is believed, and"
                    + " limits count the visitors whom they name. Nobody, unless said.",
            text -> new TrustedProxies(NetworkList.parse(text)));

    static final Setting<TlsSettings.Mode> TLS_MODE = new Setting<>(
            "tls",
            "mode",
            null,
            "off",
            Arrays.stream(TlsSettings.Mode.values()).map(TlsSettings.Mode::word).collect(Collectors.joining(", ")),
            "Whether the public port speaks TLS, and where its certificate comes from.",
            TlsSettings.Mode::of);
    static final Setting<Path> TLS_CERTIFICATE = new Setting<>(
            "tls",
            "certificate",
            null,
            null,
            "a file",
            "The certificate and those above it, in PEM; read again when it changes.",
            Path::of);
    static final Setting<Path> TLS_KEY =
            new Setting<>("tls", "key", null, null, "a file", "The certificate's key, in PEM.", Path::of);
    static final Setting<Integer> TLS_REDIRECT_PORT = new Setting<>(
            "tls",
            "redirect-port",
            null,
            null,
            "0-65535",
            "A plain port whose visitors are sent to https.",
            ServerOptions::port);

    static final Setting<DatabaseUrl> DATABASE_URL = new Setting<>(
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

    private ServerOptions() {}

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
}
