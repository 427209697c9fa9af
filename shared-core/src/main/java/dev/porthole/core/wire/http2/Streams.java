package dev.porthole.core.wire.http2;

import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.util.collection.IntObjectHashMap;
import io.netty.util.collection.IntObjectMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The open streams of one connection, and the numbers of all that ever were (RFC 9113, section 5.1.1). Event loop only.
 */
final class Streams {
    private static final Logger LOG = LoggerFactory.getLogger(Streams.class);

    /** Of the 2^30 streams that one end may open in a connection's life, 2^20 are left then. */
    static final int WORN_AT = Integer.MAX_VALUE - (1 << 21);

    private final Multiplexer.Role role;
    private final ConnectionLimits limits;
    private final PeerSettings peer;
    private final IntObjectMap<Stream> open = new IntObjectHashMap<>();
    private int nextId = 1;
    private int lastOfPeer;
    private boolean full;

    /** @param role this end's: the client opens streams */
    Streams(Multiplexer.Role role, ConnectionLimits limits, PeerSettings peer) {
        this.role = role;
        this.limits = limits;
        this.peer = peer;
    }

    /** How many are open. */
    int size() {
        return open.size();
    }

    @Nullable
    Stream find(int id) {
        return open.get(id);
    }

    /** All that are open now, whatever becomes of them meanwhile. */
    List<Stream> all() {
        return List.copyOf(open.values());
    }

    /** A stream begins. */
    Stream add(int id, Multiplexer connection) {
        ReceiveWindow receives = new ReceiveWindow(limits.streamWindow(), limits.budget(), connection.nanos());
        Stream stream = new Stream(connection, connection.outgoing(), id, peer.initialWindow(), receives);
        open.put(id, stream);
        return stream;
    }

    void remove(Stream stream) {
        open.remove(stream.id());
    }

    /** The connection is over, and so are they. */
    void closeAll() {
        for (Stream stream : all()) {
            try {
                stream.close(Http2Error.CANCEL.code());
            } catch (RuntimeException defect) {
                // One exchange's defect; the others have to hear of the end too.
                LOG.error("a stream's end was not taken", defect);
            }
        }
    }

    /** Whether this end takes one stream more of the peer's. */
    boolean hasRoom() {
        return !full && open.size() < limits.streams();
    }

    /** From now on there is no room, whatever ends. */
    void takeNoMore() {
        full = true;
    }

    /** Whether the peer takes one stream more, and there is a number for it. */
    boolean mayOpen() {
        return open.size() < peer.maxConcurrentStreams() && nextId > 0;
    }

    /** How many streams more the peer takes. */
    long left() {
        return Math.max(0, peer.maxConcurrentStreams() - open.size());
    }

    /** Whether most numbers were used, which are not used again. */
    boolean isWorn() {
        return nextId > WORN_AT || nextId < 0;
    }

    /** The number of the next stream that this end opens. */
    int nextId() {
        return nextId;
    }

    /** The same, for a test that begins near the last one. */
    void nextId(int id) {
        nextId = id;
    }

    /** This end, the client, used {@link #nextId}. */
    void opened() {
        nextId += 2;
    }

    /** The peer, the client, used the next of its numbers. */
    void began(int id) throws Http2Exception {
        if (role == Multiplexer.Role.CLIENT || (id & 1) == 0 || id <= lastOfPeer) {
            throw Http2Exception.connectionError(
                    Http2Error.PROTOCOL_ERROR, "stream %d can't be opened by this peer", id);
        }
        lastOfPeer = id;
    }

    /** The last number that the peer used; 0 for none. */
    int lastOfPeer() {
        return lastOfPeer;
    }

    /** Whether a stream of this number was there once: frames may still be under way for it. */
    boolean wasOpen(int id) {
        boolean ours = (id & 1) == 1 == (role == Multiplexer.Role.CLIENT);
        return ours ? id < nextId : id <= lastOfPeer;
    }

    /** @param what the frame that came for a stream which is not open */
    void mustHaveBeenOpen(int id, String what) throws Http2Exception {
        if (id == 0 || !wasOpen(id)) {
            throw Http2Exception.connectionError(
                    Http2Error.PROTOCOL_ERROR, "%s for stream %d, which nobody opened", what, id);
        }
    }
}
