package dev.porthole.core.wire.http2;

import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import java.util.concurrent.TimeUnit;

/**
 * Counts frames that make work and achieve nothing: resets (CVE-2023-44487), our own resets of what the peer did wrong
 * (CVE-2025-8671), PING, SETTINGS, PRIORITY, empty DATA (CVE-2019-9512 to 9518). Event loop only.
 */
public final class Misuse {
    /**
     * How much of it is forgiven in ten seconds.
     *
     * @param resets streams that the peer resets, or makes us reset
     * @param idleFrames frames that carry nothing
     */
    public record Allowance(int resets, int idleFrames) {}

    private static final long SPELL_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final Allowance allowance;
    private long spellBegan = System.nanoTime();
    private int resets;
    private int idleFrames;
    /** PINGs and SETTINGS that the peer has not acknowledged. */
    private int answersDue = 1;

    Misuse(Allowance allowance) {
        this.allowance = allowance;
    }

    void reset() throws Http2Exception {
        nextSpell();
        check(++resets, allowance.resets(), "resets");
    }

    void idleFrame() throws Http2Exception {
        nextSpell();
        check(++idleFrames, allowance.idleFrames(), "frames that carry nothing");
    }

    /** The peer owes one acknowledgement more; that of the first SETTINGS is counted. */
    void asked() {
        answersDue++;
    }

    /** The peer acknowledges something. If nothing was asked, it only makes work. */
    void answered() throws Http2Exception {
        if (answersDue > 0) {
            answersDue--;
        } else {
            idleFrame();
        }
    }

    private void nextSpell() {
        long now = System.nanoTime();
        if (now - spellBegan > SPELL_NANOS) {
            spellBegan = now;
            resets = 0;
            idleFrames = 0;
        }
    }

    private static void check(int count, int allowed, String what) throws Http2Exception {
        if (count > allowed) {
            throw Http2Exception.connectionError(
                    Http2Error.ENHANCE_YOUR_CALM, "more than %d %s in ten seconds", allowed, what);
        }
    }
}
