package dev.porthole.server.control;

import io.undertow.util.HeaderMap;
import io.undertow.util.HttpString;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * How often one address and one credential may call the API. Each answer says what is left, as
 * draft-ietf-httpapi-ratelimit-headers-11 has it: {@code RateLimit-Policy: "credential";q=18000;w=60} and
 * {@code RateLimit: "credential";r=17999;t=1}. One network of 64 bits is one address in IPv6. Safe from any thread.
 */
final class ApiRates {
    private static final HttpString POLICY = new HttpString("RateLimit-Policy");
    private static final HttpString LIMIT = new HttpString("RateLimit");

    private final Predicate<InetAddress> counted;
    private final TokenBuckets credentials;
    private final TokenBuckets addresses;

    ApiRates(ControlLimits limits, InstantSource clock) {
        counted = limits.counted();
        credentials = new TokenBuckets(limits.callsPerCredential(), clock);
        addresses = new TokenBuckets(limits.callsPerAddress(), clock);
    }

    /**
     * Counts a call before anything is known of it but where it comes from.
     *
     * @param answer gets the fields
     * @throws ProblemException 429
     */
    void admitAddress(@Nullable String address, HeaderMap answer) {
        InetAddress client = address == null ? null : literal(address);
        if (!addresses.isOff() && client != null && counted.test(client)) {
            admit("address", addresses, key(client), answer);
        }
    }

    /**
     * Counts a call of a credential, whichever address it comes from.
     *
     * @param answer gets the fields
     * @throws ProblemException 429
     */
    void admitCredential(String credential, HeaderMap answer) {
        if (!credentials.isOff()) {
            admit("credential", credentials, credential, answer);
        }
    }

    /**
     * Counts a call that has no answer to put fields into.
     *
     * @throws ProblemException 429
     */
    void admit(String credential, @Nullable String address) {
        HeaderMap unsent = new HeaderMap();
        admitAddress(address, unsent);
        admitCredential(credential, unsent);
    }

    private static void admit(String policy, TokenBuckets buckets, String who, HeaderMap answer) {
        TokenBuckets.Reading reading = buckets.take(who);
        append(answer, POLICY, "\"" + policy + "\";q=" + buckets.perMinute() + ";w=" + TokenBuckets.WINDOW_SECONDS);
        append(answer, LIMIT, "\"" + policy + "\";r=" + reading.left() + ";t=" + reading.seconds());
        if (!reading.admitted()) {
            throw ProblemException.tooManyRequests(reading.seconds());
        }
    }

    /** Both fields are lists (RFC 9651, section 3.1). */
    private static void append(HeaderMap answer, HttpString name, String item) {
        String before = answer.getFirst(name);
        answer.put(name, before == null ? item : before + ", " + item);
    }

    private static @Nullable InetAddress literal(String address) {
        try {
            return InetAddress.ofLiteral(address);
        } catch (IllegalArgumentException notAnAddress) {
            return null;
        }
    }

    private static String key(InetAddress client) {
        byte[] octets = client.getAddress();
        return HexFormat.of().formatHex(client instanceof Inet6Address ? Arrays.copyOf(octets, 8) : octets);
    }
}
