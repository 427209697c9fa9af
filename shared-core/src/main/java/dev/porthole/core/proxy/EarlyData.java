package dev.porthole.core.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What an edge sent before the endpoint was there to take it: at most a stream's window, since none of it counts as
 * consumed. On the event loop only.
 */
final class EarlyData {
    /** Whoever takes it at last. */
    interface Taker {
        void take(ByteBuf data, boolean end);
    }

    private final Deque<ByteBuf> kept = new ArrayDeque<>();
    private boolean ended;

    /** Keeps a piece; like {@link StreamHandler#onData}. */
    int keep(ByteBuf data, boolean end) {
        if (data.isReadable()) {
            kept.add(data.retain());
        }
        ended |= end;
        return 0;
    }

    /** Gives all of it on, and the end if it has come. */
    void pourInto(RawPipe pipe) {
        pourInto((data, end) -> {
            int _ = pipe.onData(data, end);
        });
    }

    /** Gives all of it on, and the end if it has come. The buffers stay this one's. */
    void pourInto(Taker taker) {
        for (ByteBuf data = kept.poll(); data != null; data = kept.poll()) {
            taker.take(data, false);
            data.release();
        }
        if (ended) {
            taker.take(Unpooled.EMPTY_BUFFER, true);
        }
    }

    void discard() {
        kept.forEach(ByteBuf::release);
        kept.clear();
    }
}
