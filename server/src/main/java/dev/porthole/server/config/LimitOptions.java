package dev.porthole.server.config;

import dev.porthole.server.edge.EdgeSettings;
import dev.porthole.server.edge.Shares;
import dev.porthole.server.edge.TrustedProxies;
import dev.porthole.server.relay.SessionLimits;
import java.time.Duration;
import java.util.List;

/** The settings of the section {@code limits}: each with its bounds, its default and the reason for it. */
final class LimitOptions {
    private static final String SECTION = "limits";
    private static final String COUNT_OR_OFF = "1-1000000000, or off";
    private static final String BYTES_OR_OFF = "bytes such as 10m or 2g, or off";

    private static final Setting<Integer> TARGET_BYTES = limit(
            "target-bytes",
            "16k",
            "256-1m",
            "A request line; longer is 414. Browsers keep below 8k, sign-in redirects go beyond.",
            ByteSize.between(256, 1024 * 1024));
    private static final Setting<Integer> HEADER_BYTES = limit(
            "header-bytes",
            "32k",
            "1k-1m",
            "All header fields of a request; more is 431. Twice what Node takes: the app's own limit comes first.",
            ByteSize.between(1024, 1024 * 1024));
    private static final Setting<Integer> HEADER_FIELDS = limit(
            "header-fields",
            "100",
            "1-10000",
            "Header fields of a request; more is 431. A browser behind two proxies sends about 30.",
            count(1, 10_000));
    private static final Setting<Duration> HEADER_TIME = limit(
            "header-time",
            "10s",
            "100ms-10m",
            "From a request's first byte, or the connection's start, to the end of its header; then 408. A phone in a"
                    + " tunnel needs 3 s.",
            TimeSpan.between(Duration.ofMillis(100), Duration.ofMinutes(10)));
    private static final Setting<Duration> IDLE_TIME = limit(
            "idle-time",
            "75s",
            "1s-1h",
            "A connection between two requests. Browsers try to use one again for a minute.",
            TimeSpan.between(Duration.ofSeconds(1), Duration.ofHours(1)));
    private static final Setting<Duration> STALL_TIME = limit(
            "stall-time",
            "60s",
            "1s-1h",
            "Without one byte of a body that a visitor sends, or takes; then the connection is reset. Longer than a"
                    + " change of networks takes.",
            TimeSpan.between(Duration.ofSeconds(1), Duration.ofHours(1)));
    private static final Setting<Integer> REQUESTS_PER_CONNECTION = limit(
            "requests-per-connection",
            "10000",
            COUNT_OR_OFF,
            "The last one's answer closes the connection. Lets a load balancer spread its visitors again, now and"
                    + " then.",
            LimitOptions::countOrOff);
    private static final Setting<Integer> STREAMS_PER_CONNECTION = limit(
            "streams-per-connection",
            "128",
            "1-10000",
            "Requests at once on a visitor's HTTP/2 connection; more are REFUSED_STREAM. Browsers use 100.",
            count(1, 10_000));
    private static final Setting<Integer> CONNECTIONS = limit(
            "connections",
            "10000",
            "1-1000000",
            "Connections in all, agents' too. At the limit the one that has been idle longest makes room for the next,"
                    + " and 503 if none is idle. A tenth of it is in use on a busy day, and it fits the server's"
                    + " memory.",
            count(1, 1_000_000));
    private static final Setting<Integer> CONNECTIONS_PER_ADDRESS = limit(
            "connections-per-address",
            "1000",
            COUNT_OR_OFF,
            "Over all ports. More are answered with 429 and closed; at a TCP tunnel's port they are reset. A company's"
                    + " router stands for hundreds of people, not for thousands.",
            LimitOptions::countOrOff);
    private static final Setting<List<TrustedProxies.Network>> NOT_COUNTED = limit(
            "not-counted",
            "127.0.0.0/8,::1",
            "networks such as 10.0.0.0/8, with commas between them",
            "Addresses without limits of their own: a proxy on this computer stands for everyone. Trusted proxies are"
                    + " not counted either; the visitors whom they name are.",
            NetworkList::parse);
    private static final Setting<Long> REQUEST_BODY = limit(
            "request-body",
            ByteSize.OFF,
            BYTES_OR_OFF,
            "A request's body; more is 413. Off: bodies are streamed, and their size costs no memory.",
            ByteSize::orOff);
    private static final Setting<Long> ANSWER_BODY = limit(
            "answer-body",
            ByteSize.OFF,
            BYTES_OR_OFF,
            "An answer's body; more is 413, or breaks off if its length was not known before. Off for the same reason.",
            ByteSize::orOff);
    private static final Setting<Long> ANSWERS_IN_MEMORY = limit(
            "answers-in-memory",
            ByteSize.OFF,
            BYTES_OR_OFF,
            "Bytes of answers that wait for slow visitors, in all; beyond them whoever holds most is reset. Off: half"
                    + " of the direct memory that the process has.",
            ByteSize::orOff);
    private static final Setting<Duration> HOLD_TIME = limit(
            "hold-time",
            "5s",
            "0s-1m",
            "How long a safe request waits for an agent that reconnects. Longer than a reconnect takes, shorter than"
                    + " people's patience.",
            TimeSpan.between(Duration.ZERO, Duration.ofMinutes(1)));
    private static final Setting<Integer> HELD = limit(
            "held",
            "4000",
            "0-1000000",
            "Requests that wait for agents, in all; more are 503. Less than half of the connections.",
            count(0, 1_000_000));
    private static final Setting<Integer> HELD_PER_TUNNEL = limit(
            "held-per-tunnel",
            "1000",
            "0-1000000",
            "Requests that wait for one tunnel's agent; more are 503. All come at once when it returns.",
            count(0, 1_000_000));
    private static final Setting<Integer> RATE_PER_ADDRESS = limit(
            "requests-per-second-per-address",
            ByteSize.OFF,
            COUNT_OR_OFF,
            "With a second's worth in stock; more are 429 with Retry-After. Off: only an app knows what is much.",
            LimitOptions::countOrOff);
    private static final Setting<Integer> RATE_PER_TUNNEL = limit(
            "requests-per-second-per-tunnel",
            ByteSize.OFF,
            COUNT_OR_OFF,
            "The same for all visitors of a tunnel together. Off: tunnels share what there is fairly without it.",
            LimitOptions::countOrOff);
    private static final Setting<Integer> SESSION_RESETS = limit(
            "session-resets",
            "1000",
            "10-1000000",
            "Streams that an agent resets in ten seconds, or makes the edge reset; more end its session. An app that"
                    + " breaks each of 100 requests a second off stays below.",
            count(10, 1_000_000));
    private static final Setting<Integer> SESSION_IDLE_FRAMES = limit(
            "session-idle-frames",
            "10000",
            "100-1000000",
            "Frames that carry nothing (PING, SETTINGS, empty DATA) from an agent in ten seconds; more end its"
                    + " session. An honest one sends ten.",
            count(100, 1_000_000));

    private static final Setting<Integer> API_RATE_PER_KEY = limit(
            "api-rate-per-key",
            "18000",
            COUNT_OR_OFF,
            "Calls of the API in a minute with one key, or one sign-in, with a minute's worth in stock; more are 429 with"
                    + " Retry-After. A program that does nothing else makes 300 a second.",
            LimitOptions::countOrOff);
    private static final Setting<Integer> API_RATE_PER_ADDRESS = limit(
            "api-rate-per-address",
            "36000",
            COUNT_OR_OFF,
            "The same for one address, with or without a key; limits.not-counted holds here too. Agents of a whole office"
                    + " call a few times a minute each.",
            LimitOptions::countOrOff);

    static final List<Setting<?>> ALL = List.of(
            TARGET_BYTES,
            HEADER_BYTES,
            HEADER_FIELDS,
            HEADER_TIME,
            IDLE_TIME,
            STALL_TIME,
            REQUESTS_PER_CONNECTION,
            STREAMS_PER_CONNECTION,
            CONNECTIONS,
            CONNECTIONS_PER_ADDRESS,
            NOT_COUNTED,
            REQUEST_BODY,
            ANSWER_BODY,
            ANSWERS_IN_MEMORY,
            HOLD_TIME,
            HELD,
            HELD_PER_TUNNEL,
            RATE_PER_ADDRESS,
            RATE_PER_TUNNEL,
            SESSION_RESETS,
            SESSION_IDLE_FRAMES,
            API_RATE_PER_KEY,
            API_RATE_PER_ADDRESS);

    /** What holds where nothing is set. */
    static final Source STANDARD = new Source() {
        @Override
        public <T> T of(Setting<T> setting) {
            return setting.standardValue();
        }
    };

    private LimitOptions() {}

    /** Where values come from. */
    interface Source {
        /** The value that was given; the default if there is none, or a wrong one. */
        <T> T of(Setting<T> setting);
    }

    static LimitSettings read(Source given) {
        return new LimitSettings(
                new EdgeSettings.Limits(
                        given.of(TARGET_BYTES),
                        given.of(HEADER_BYTES),
                        given.of(HEADER_FIELDS),
                        given.of(REQUESTS_PER_CONNECTION),
                        given.of(STREAMS_PER_CONNECTION),
                        given.of(REQUEST_BODY),
                        given.of(ANSWER_BODY)),
                EdgeSettings.Times.DEFAULT
                        .withHeaders(given.of(HEADER_TIME))
                        .withIdle(given.of(IDLE_TIME))
                        .withStall(given.of(STALL_TIME))
                        .withReturningAgent(given.of(HOLD_TIME)),
                new Shares(
                        given.of(CONNECTIONS),
                        given.of(CONNECTIONS_PER_ADDRESS),
                        given.of(NOT_COUNTED),
                        given.of(HELD),
                        given.of(HELD_PER_TUNNEL),
                        given.of(RATE_PER_ADDRESS),
                        given.of(RATE_PER_TUNNEL),
                        given.of(ANSWERS_IN_MEMORY)),
                new SessionLimits(given.of(SESSION_RESETS), given.of(SESSION_IDLE_FRAMES)),
                new LimitSettings.ApiRates(given.of(API_RATE_PER_KEY), given.of(API_RATE_PER_ADDRESS)));
    }

    static LimitSettings standard() {
        return read(STANDARD);
    }

    private static <T> Setting<T> limit(
            String name, String standard, String expected, String description, Setting.Parser<T> parser) {
        return new Setting<>(SECTION, name, null, standard, expected, description, parser);
    }

    private static Setting.Parser<Integer> count(int least, int most) {
        return text -> {
            int number = Integer.parseInt(text);
            if (number < least || number > most) {
                throw new IllegalArgumentException(text);
            }
            return number;
        };
    }

    private static int countOrOff(String text) {
        return text.equals(ByteSize.OFF)
                ? Integer.MAX_VALUE
                : count(1, 1_000_000_000).parse(text);
    }

    /** A quota may be 0: only administrators make such things then. */
    static int quotaOrOff(String text) {
        return text.equals(ByteSize.OFF)
                ? Integer.MAX_VALUE
                : count(0, 1_000_000_000).parse(text);
    }
}
