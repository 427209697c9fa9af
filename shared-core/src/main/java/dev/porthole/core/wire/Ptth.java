package dev.porthole.core.wire;

/**
 * The handshake and the limits of the wire: transposed HTTP/2 after draft-kazuho-ptth-ptth, whose revision -01 (20 July
 * 2026) was read for this. Of it we do what its section 3.2 says of HTTP/1.1 Upgrade with HTTP/2 inside, on a target of
 * our own choice; origins as targets (section 3.1), setup by extended CONNECT, and HTTP/3 (section 3.3) are not built.
 * The server's {@code docs/decisions/wire.md} compares point by point.
 *
 * <p>The agent dials out and asks for {@code Upgrade: ptth} with {@code ALPN: h2}; after 101 the edge is the HTTP/2
 * client and the agent the HTTP/2 server (RFC 9113) over the same bytes. What is ours on top of the draft carries the
 * {@code Porthole-} prefix ({@link WireHeaders}).
 */
public final class Ptth {
    /** Sent by both sides in {@link WireHeaders#WIRE}; a peer ignores what it does not know. */
    public static final int VERSION = 1;

    /** Where the agent asks for the upgrade, on the server's own host. */
    public static final String CONNECT_PATH = "/.porthole/connect";

    /** The one long stream of a session that the edge opens first; both sides send {@link ControlMessage}s on it. */
    public static final String CONTROL_PATH = "/.porthole/control";

    /** The upgrade token (draft, section 3.2). */
    public static final String UPGRADE_TOKEN = "ptth";

    /** The protocol inside, in the {@code ALPN} field of request and answer (RFC 7639). */
    public static final String ALPN = "h2";

    /**
     * Bytes that a session may have in flight in each direction, over all streams: 16 MiB on top of RFC 9113's 64 KiB.
     */
    public static final int CONNECTION_WINDOW_BYTES = 16 * 1024 * 1024;

    /** Bytes that one stream may have in flight in each direction: 1 MiB, once its reader has shown that it is fast. */
    public static final int STREAM_WINDOW_BYTES = 1024 * 1024;

    /** Largest DATA payload that either side accepts: 64 KiB. */
    public static final int MAX_FRAME_BYTES = 64 * 1024;

    /** Streams that an agent takes at once on one session. */
    public static final int MAX_CONCURRENT_STREAMS = 4096;

    /** Bytes of one header list, names and values (RFC 9113, section 6.5.2). */
    public static final int MAX_HEADER_LIST_BYTES = 64 * 1024;

    private Ptth() {}
}
