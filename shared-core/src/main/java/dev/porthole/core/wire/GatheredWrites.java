package dev.porthole.core.wire;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.util.concurrent.PromiseNotifier;
import org.jspecify.annotations.Nullable;

/**
 * Makes one buffer of small ones that are written in one turn of the event loop, and one flush of their flushes: a head
 * and a small body behind it cost one {@code send}, and a copy that is cheaper than what the kernel does for a second
 * piece. Large pieces pass as they are, in their order.
 *
 * <p>One a channel, on its event loop only. A write's promise is completed with the buffer that its bytes went into.
 * What is held when the channel ends fails as it would have in the channel's own queue.
 */
public final class GatheredWrites extends ChannelDuplexHandler {
    /** A usual head with a small answer behind it. */
    private static final int GATHERED_BYTES = 2 * 1024;

    private final int flushesHeld;
    private final Runnable flushSoon = this::flushDue;
    private @Nullable ChannelHandlerContext context;
    private @Nullable ByteBuf held;
    private @Nullable ChannelPromise promised;
    private boolean ownBuffer;
    private boolean scheduled;
    private int flushes;

    /** @param flushesHeld so many flushes become one at most, before the turn's end */
    public GatheredWrites(int flushesHeld) {
        this.flushesHeld = flushesHeld;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext removed) {
        passAll(removed);
        context = null;
    }

    @Override
    public void write(ChannelHandlerContext writing, Object message, ChannelPromise promise) {
        if (!(message instanceof ByteBuf bytes)) {
            passHeld(writing);
            writing.write(message, promise);
            return;
        }
        if (held != null && joined(writing, held, bytes)) {
            promise(promise);
            return;
        }
        passHeld(writing);
        int size = bytes.readableBytes();
        if (size == 0 || size > GATHERED_BYTES) {
            writing.write(bytes, promise);
        } else {
            held = bytes;
            ownBuffer = false;
            promise(promise);
        }
    }

    /** Puts a piece behind the one before it, and releases it; false if it does not fit. */
    private boolean joined(ChannelHandlerContext writing, ByteBuf before, ByteBuf bytes) {
        int size = bytes.readableBytes();
        if (size > 0) {
            ByteBuf gathered = before.readableBytes() + size > GATHERED_BYTES ? null : gathered(writing, before);
            if (gathered == null) {
                return false;
            }
            gathered.writeBytes(bytes);
        }
        bytes.release();
        return true;
    }

    /** The buffer with room, which has what is held; null if there is no memory for one: then pieces stay pieces. */
    private @Nullable ByteBuf gathered(ChannelHandlerContext writing, ByteBuf before) {
        if (ownBuffer) {
            return before;
        }
        ByteBuf gathered;
        try {
            gathered = writing.alloc().directBuffer(GATHERED_BYTES, GATHERED_BYTES);
        } catch (OutOfMemoryError full) {
            return null;
        }
        gathered.writeBytes(before);
        before.release();
        held = gathered;
        ownBuffer = true;
        return gathered;
    }

    private void promise(ChannelPromise promise) {
        if (promise.isVoid()) {
            return;
        }
        if (promised == null) {
            promised = promise;
        } else {
            PromiseNotifier.cascade(false, promised, promise);
        }
    }

    @Override
    public void flush(ChannelHandlerContext flushing) {
        flushes++;
        if (flushes >= flushesHeld) {
            passAll(flushing);
        } else if (!scheduled) {
            scheduled = true;
            flushing.executor().execute(flushSoon);
        }
    }

    private void flushDue() {
        scheduled = false;
        if (context != null) {
            passAll(context);
        }
    }

    @Override
    public void close(ChannelHandlerContext closing, ChannelPromise promise) {
        passAll(closing);
        closing.close(promise);
    }

    @Override
    public void channelInactive(ChannelHandlerContext inactive) {
        passAll(inactive);
        inactive.fireChannelInactive();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext changed) {
        if (!changed.channel().isWritable()) {
            passAll(changed);
        }
        changed.fireChannelWritabilityChanged();
    }

    /** Hands over what is held, and flushes if somebody asked for it. */
    private void passAll(ChannelHandlerContext passing) {
        passHeld(passing);
        if (flushes > 0) {
            flushes = 0;
            passing.flush();
        }
    }

    private void passHeld(ChannelHandlerContext passing) {
        while (held != null) {
            ByteBuf bytes = held;
            ChannelPromise promise = promised == null ? passing.voidPromise() : promised;
            held = null;
            promised = null;
            passing.write(bytes, promise);
        }
    }
}
