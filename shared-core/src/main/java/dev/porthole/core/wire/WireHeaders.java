package dev.porthole.core.wire;

/**
 * Field names of our own on the wire, in lower case as HTTP/2 wants them (RFC 9113, section 8.2.1). Everything that
 * starts with {@link #PREFIX} is dropped from visitors' requests and from apps' answers: only edge and agent may say
 * it.
 */
public final class WireHeaders {
    /** What all of our fields start with. */
    public static final String PREFIX = "porthole-";

    /** Handshake, both ways: {@link Ptth#VERSION}. */
    public static final String WIRE = "porthole-wire";

    /** Handshake, from the agent: the random id of this running agent; leases are per instance. */
    public static final String INSTANCE = "porthole-instance";

    /** Each visitor's stream, from the edge: the id of the tunnel that it is for. */
    public static final String TUNNEL = "porthole-tunnel";

    /** A probe's stream: the nonce that a {@link ControlMessage.Probe} named before, and in the answer the same. */
    public static final String PROBE = "porthole-probe";

    /** An extended CONNECT whose {@code :protocol} is no registered token: the visitor's own {@code Upgrade} value. */
    public static final String UPGRADE = "porthole-upgrade";

    /**
     * The value of {@link #UPGRADE} in a 2xx answer to an extended CONNECT that is the app's own plain answer: the app
     * took no upgrade, the body is a body, and the visitor gets no 101.
     */
    public static final String UPGRADE_REFUSED = "refused";

    /** In answers that edge or agent make themselves: an {@link PortholeError#token}. */
    public static final String ERROR = "porthole-error";

    /**
     * Beside {@link #ERROR}, in the answer to a probe: a sentence for the tunnel's owner on what is wrong with the
     * endpoint. Visitors never get it.
     */
    public static final String DETAIL = "porthole-detail";

    /** Longest {@link #DETAIL}, in characters. */
    public static final int MAX_DETAIL = 500;

    /** Both sides, for their access lines: the id of one request. */
    public static final String REQUEST_ID = "porthole-request-id";

    private WireHeaders() {}

    /** A sentence as {@link #DETAIL} may say it: visible ASCII and spaces, not too long. */
    public static String detail(String sentence) {
        String visible = sentence.replaceAll("[^\\x20-\\x7e]", "?").strip();
        return visible.length() <= MAX_DETAIL ? visible : visible.substring(0, MAX_DETAIL);
    }
}
