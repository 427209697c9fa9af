package dev.porthole.server.edge;

import io.netty.util.internal.PlatformDependent;
import java.util.LinkedHashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The bytes of answers that are here and that their visitors' connections have not taken yet. A stream's window bounds
 * them for one visitor; this bounds them for all: thousands of slow readers at once must not take the memory that the
 * others' bytes go through. Event loop only.
 *
 * <p>Windows begin small and grow for fast readers only, from one budget. When thousands hold a little each, or a fast
 * reader stops, and half of the memory is used up all the same, whoever holds most is broken off.
 */
final class AnswerBacklog {
    private static final Logger LOG = LoggerFactory.getLogger(AnswerBacklog.class);

    /** Less than this in one answer is not worth breaking it off: most of it is in the kernel's hands in a moment. */
    static final int SMALL_BYTES = 16 * 1024;

    /** An answer under way. */
    interface Holder {
        /** Bytes that its visitor has not taken. */
        long untaken();

        /** The visitor takes too little: the answer breaks off, and what waits of it is dropped now. */
        void drop();
    }

    private final long budget;
    private final Set<Holder> large = new LinkedHashSet<>();
    private long untaken;

    AnswerBacklog(long budget) {
        this.budget = budget;
    }

    /** As the settings say; half of the direct memory if they say nothing. */
    static AnswerBacklog of(Shares shares) {
        boolean off = shares.answerBytes() == Long.MAX_VALUE;
        return new AnswerBacklog(off ? PlatformDependent.maxDirectMemory() / 2 : shares.answerBytes());
    }

    /** So many bytes more of an answer wait, which it counts in {@link Holder#untaken} already. */
    void add(Holder holder, int bytes) {
        untaken += bytes;
        if (holder.untaken() > SMALL_BYTES) {
            large.add(holder);
        }
        if (untaken > budget) {
            makeRoom();
        }
    }

    /** So many bytes less wait, which it counts in {@link Holder#untaken} already. */
    void took(Holder holder, int bytes) {
        untaken -= bytes;
        if (!large.isEmpty() && holder.untaken() <= SMALL_BYTES) {
            large.remove(holder);
        }
    }

    long untaken() {
        return untaken;
    }

    private void makeRoom() {
        Holder most = null;
        for (Holder holder : large) {
            if (most == null || holder.untaken() > most.untaken()) {
                most = holder;
            }
        }
        if (most != null) {
            large.remove(most);
            LOG.info(
                    "{} bytes wait for slow visitors (at most {}): the answer that holds {} of them breaks off",
                    untaken,
                    budget,
                    most.untaken());
            most.drop();
        }
    }
}
