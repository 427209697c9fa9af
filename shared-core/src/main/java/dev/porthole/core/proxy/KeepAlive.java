package dev.porthole.core.proxy;

import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How long a connection to an app may be kept after an answer. */
final class KeepAlive {
    private static final String KEEP_ALIVE = "keep-alive";
    private static final Pattern TIMEOUT =
            Pattern.compile("(?:^|[,;\\s])timeout=([0-9]{1,6})", Pattern.CASE_INSENSITIVE);

    private KeepAlive() {}

    /**
     * At most {@code usual}, and a second less than the app itself says, so that it is not closed under a request; zero
     * if the app closes it.
     */
    static Duration idleTime(HttpResponse answer, Duration usual) {
        if (!HttpUtil.isKeepAlive(answer)) {
            return Duration.ZERO;
        }
        String said = answer.headers().get(KEEP_ALIVE);
        if (said == null) {
            return usual;
        }
        Matcher timeout = TIMEOUT.matcher(said);
        if (!timeout.find()) {
            return usual;
        }
        Duration promised = Duration.ofSeconds(Long.parseLong(timeout.group(1))).minusSeconds(1);
        if (promised.isNegative()) {
            return Duration.ZERO;
        }
        return promised.compareTo(usual) < 0 ? promised : usual;
    }
}
