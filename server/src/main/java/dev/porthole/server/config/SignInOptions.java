package dev.porthole.server.config;

import dev.porthole.server.config.ProviderSettings.Kind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The section {@code sign-in}: sessions, and {@code sign-in.<name>.…} for as many providers as are wanted. */
final class SignInOptions {
    private static final String SECTION = "sign-in";
    private static final String VARIABLES = "PORTHOLE_SIGN_IN_";
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]{0,29}(-[a-z0-9]{1,30})*");
    /** The providers of accounts that this server keeps by itself. */
    private static final Set<String> TAKEN = Set.of("local", "owner", "session");

    private static final String PEOPLE =
            "subjects, login:NAME, verified e-mail addresses, @domain or *, with commas" + " between them";

    private static final Setting<Duration> SESSION_IDLE = new Setting<>(
            SECTION,
            "session-idle",
            null,
            "24h",
            "5m-720h",
            "How long a browser may be away before its person has to sign in again.",
            TimeSpan.between(Duration.ofMinutes(5), Duration.ofDays(30)));
    private static final Setting<Duration> SESSION_LIFETIME = new Setting<>(
            SECTION,
            "session-lifetime",
            null,
            "168h",
            "5m-8760h",
            "How long one sign-in of a browser holds, however busy it is.",
            TimeSpan.between(Duration.ofMinutes(5), Duration.ofDays(365)));

    /** Those with names of their own. */
    static final List<Setting<?>> ALL = List.of(SESSION_IDLE, SESSION_LIFETIME);

    /** Those that each provider has, as the documentation shows them. */
    static final List<Setting<?>> DOCUMENTED = new SignInOptions("<name>").settings();

    private final String name;
    private final Setting<Kind> kind;
    private final Setting<String> title;
    private final Setting<String> clientId;
    private final Setting<String> clientSecret;
    private final Setting<String> clientSecretFile;
    private final Setting<URI> issuer;
    private final Setting<URI> baseUrl;
    private final Setting<Set<String>> administrators;
    private final Setting<Set<String>> allowed;

    private SignInOptions(String name) {
        this.name = name;
        kind = option(
                "kind",
                null,
                Kind.words(),
                "What the provider speaks: GitHub (also Enterprise Server), GitLab (also a self-hosted one), or OpenID"
                        + " Connect with discovery.",
                Kind::of);
        title = option("title", null, "a few words", "What its button says, if not its kind or name.", text -> text);
        clientId = option("client-id", null, "text", "What the provider calls this server.", text -> text);
        clientSecret = option(
                "client-secret",
                null,
                "text",
                "What the provider knows this server by; a file is better: client-secret-file.",
                text -> text);
        clientSecretFile = option(
                "client-secret-file", null, "a file that can be read", "A file with it.", SignInOptions::firstLine);
        issuer = option(
                "issuer",
                null,
                "an address such as https://login.example.com/realms/house",
                "The provider's issuer, exactly as its discovery document has it. For openid only.",
                SignInOptions::address);
        baseUrl = option(
                "base-url",
                null,
                "an address such as https://gitlab.example.com",
                "Where GitHub or GitLab is, if it isn't the public one.",
                SignInOptions::address);
        administrators = option(
                "administrators",
                "",
                PEOPLE,
                "Who administers this server: each becomes an administrator at the next sign-in.",
                SignInOptions::people);
        allowed = option(
                "allowed",
                "",
                PEOPLE,
                "Who else may sign in. Nobody, unless said; a sign-in that someone linked to an account needs no word"
                        + " here.",
                SignInOptions::people);
    }

    /** Gives values, and writes down what is wrong. */
    interface Source {
        <T> @Nullable T of(Setting<T> setting);

        /** Whether there is one, right or wrong. */
        boolean isGiven(Setting<?> setting);

        /** A mistake at a setting's place. */
        void wrong(Setting<?> setting, String problem);
    }

    private <T> Setting<T> option(
            String option, @Nullable String standard, String expected, String description, Setting.Parser<T> parser) {
        return new Setting<>(SECTION + "." + name, option, null, standard, expected, description, parser);
    }

    private List<Setting<?>> settings() {
        return List.of(kind, title, clientId, clientSecret, clientSecretFile, issuer, baseUrl, administrators, allowed);
    }

    /** The settings of all providers that the file or the environment names. */
    static List<Setting<?>> of(Collection<String> names) {
        return names.stream()
                .flatMap(name -> new SignInOptions(name).settings().stream())
                .collect(Collectors.toUnmodifiableList());
    }

    /** The providers' names in the file's keys and the environment's variables; what can't be one is no setting. */
    static Set<String> names(Collection<String> keys, Collection<String> variables) {
        Set<String> names = new TreeSet<>();
        for (String key : keys) {
            String[] parts = key.split("\\.", -1);
            if (parts.length == 3 && parts[0].equals(SECTION)) {
                names.add(parts[1]);
            }
        }
        List<String> endings = DOCUMENTED.stream()
                .map(setting -> "_" + setting.name().toUpperCase(Locale.ROOT).replace('-', '_'))
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
        for (String variable : variables) {
            endings.stream()
                    .filter(ending -> variable.startsWith(VARIABLES) && variable.endsWith(ending))
                    .findFirst()
                    .filter(ending -> variable.length() > VARIABLES.length() + ending.length())
                    .map(ending -> variable.substring(VARIABLES.length(), variable.length() - ending.length()))
                    .ifPresent(name -> names.add(name.toLowerCase(Locale.ROOT).replace('_', '-')));
        }
        names.removeIf(name -> !NAME.matcher(name).matches() || TAKEN.contains(name));
        return names;
    }

    /** Reads the section. */
    static SignInSettings read(Source source, Collection<String> names) {
        Duration idle = source.of(SESSION_IDLE);
        Duration lifetime = source.of(SESSION_LIFETIME);
        List<ProviderSettings> providers = new ArrayList<>();
        for (String name : names) {
            ProviderSettings read = new SignInOptions(name).provider(source);
            if (read != null) {
                providers.add(read);
            }
        }
        return new SignInSettings(
                idle == null ? SESSION_IDLE.standardValue() : idle,
                lifetime == null ? SESSION_LIFETIME.standardValue() : lifetime,
                providers);
    }

    private @Nullable ProviderSettings provider(Source source) {
        Kind speaks = required(source, kind);
        String client = required(source, clientId);
        String called = source.of(title);
        String secret = secret(source);
        URI base = speaks == null ? null : base(source, speaks);
        Set<String> admins = source.of(administrators);
        Set<String> others = source.of(allowed);
        if (speaks == Kind.GITHUB && !source.isGiven(clientSecret) && !source.isGiven(clientSecretFile)) {
            source.wrong(clientSecret, "missing (expected: the secret of the OAuth app)");
        }
        if (speaks == null || client == null || base == null || admins == null || others == null) {
            return null;
        }
        return new ProviderSettings(
                name, speaks, called == null ? standardTitle(speaks) : called, base, client, secret, admins, others);
    }

    private <T> @Nullable T required(Source source, Setting<T> setting) {
        T value = source.of(setting);
        if (!source.isGiven(setting)) {
            source.wrong(setting, "missing (expected: " + setting.expected() + ")");
        }
        return value;
    }

    private @Nullable String secret(Source source) {
        String given = source.of(clientSecret);
        String kept = source.of(clientSecretFile);
        if (given != null && kept != null) {
            source.wrong(clientSecretFile, "beside client-secret (expected: one of the two)");
        }
        return given == null ? kept : given;
    }

    private @Nullable URI base(Source source, Kind speaks) {
        URI base = source.of(baseUrl);
        if (speaks == Kind.OPENID) {
            if (base != null) {
                source.wrong(baseUrl, "not of kind openid (expected: issuer)");
            }
            return required(source, issuer);
        }
        if (source.of(issuer) != null) {
            source.wrong(issuer, "of kind openid only (expected: base-url)");
        }
        return base != null ? base : URI.create(speaks == Kind.GITHUB ? "https://github.com" : "https://gitlab.com");
    }

    private String standardTitle(Kind speaks) {
        return switch (speaks) {
            case GITHUB -> "GitHub";
            case GITLAB -> "GitLab";
            case OPENID -> name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
        };
    }

    /** https; plain http on this computer, for trying out. */
    private static URI address(String text) {
        URI address = URI.create(text);
        String host = address.getHost();
        boolean bare = address.getRawQuery() == null && address.getRawFragment() == null;
        if (host == null || !bare || address.getRawUserInfo() != null) {
            throw new IllegalArgumentException(text);
        }
        if (!"https".equals(address.getScheme()) && !("http".equals(address.getScheme()) && isLoopback(host))) {
            throw new IllegalArgumentException(text);
        }
        return address;
    }

    private static boolean isLoopback(String host) {
        if (host.equals("localhost")) {
            return true;
        }
        return InetAddress.ofLiteral(host.replaceAll("[\\[\\]]", "")).isLoopbackAddress();
    }

    private static Set<String> people(String text) {
        return Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .filter(one -> !one.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }

    private static String firstLine(String file) {
        try {
            return Files.readString(Path.of(file))
                    .lines()
                    .findFirst()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .orElseThrow(() -> new IllegalArgumentException(file));
        } catch (IOException unreadable) {
            throw new IllegalArgumentException(file, unreadable);
        }
    }
}
