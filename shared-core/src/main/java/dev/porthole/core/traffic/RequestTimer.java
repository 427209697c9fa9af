package dev.porthole.core.traffic;

import dev.porthole.core.wire.LoggedTarget;
import java.time.Duration;
import java.util.List;

/**
 * One request that someone hears of: takes its time and tells, once, when it is over. What the wire gave is kept as it
 * is; texts are made of it in the end. On the event loop.
 */
public final class RequestTimer {
    private final List<RequestFeed> feeds;
    private final String tunnel;
    private final CharSequence id;
    private final CharSequence method;
    private final CharSequence target;
    private final boolean upgrade;
    private final long startNanos = System.nanoTime();
    private int status;
    private boolean told;

    RequestTimer(
            List<RequestFeed> feeds,
            String tunnel,
            CharSequence id,
            CharSequence method,
            CharSequence target,
            boolean upgrade) {
        this.feeds = feeds;
        this.tunnel = tunnel;
        this.id = id;
        this.method = method;
        this.target = target;
        this.upgrade = upgrade;
    }

    /** A final head goes out. */
    public void answered(CharSequence finalStatus) {
        int code = Integer.parseInt(finalStatus, 0, finalStatus.length(), 10);
        // RFC 8441, section 5: 200 stands for the 101 that the visitor gets.
        status = upgrade && code == 200 ? 101 : code;
    }

    /** It is over, however it went. */
    public void end() {
        if (told) {
            return;
        }
        told = true;
        PassedRequest passed = new PassedRequest(
                tunnel,
                id.toString(),
                method.toString(),
                LoggedTarget.of(target.toString()),
                status == 0 ? PassedRequest.VISITOR_LEFT : status,
                Duration.ofNanos(System.nanoTime() - startNanos),
                0);
        for (RequestFeed feed : feeds) {
            feed.tell(passed);
        }
    }
}
