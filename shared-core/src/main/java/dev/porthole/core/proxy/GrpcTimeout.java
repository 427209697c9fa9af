package dev.porthole.core.proxy;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http2.Http2Headers;
import java.time.Duration;

/**
 * How long a call may wait for its answer's head. A gRPC call says so itself ({@code grpc-timeout}); one that does not
 * may wait for ever, since a stream of events may begin with the first event. Its caller ends what it tires of.
 */
final class GrpcTimeout {
    private static final int MAX_DIGITS = 8;

    /** What is longer is no limit: 99,999,999 hours are more nanoseconds than a clock has. */
    private static final Duration LONGEST = Duration.ofDays(366);

    private GrpcTimeout() {}

    /** {@code usual} for what is no gRPC. */
    static Duration of(Http2Headers request, Duration usual) {
        CharSequence type = request.get(HttpHeaderNames.CONTENT_TYPE);
        if (type == null || !type.toString().startsWith("application/grpc")) {
            return usual;
        }
        CharSequence timeout = request.get("grpc-timeout");
        return timeout == null ? FirstByteTimer.NEVER : parsed(timeout.toString());
    }

    /** Up to eight digits and a unit; what is none sets no limit, and the app will say what it thinks of it. */
    private static Duration parsed(String timeout) {
        int digits = timeout.length() - 1;
        if (digits < 1 || digits > MAX_DIGITS || !FieldSyntax.isDigits(timeout.substring(0, digits))) {
            return FirstByteTimer.NEVER;
        }
        long count = Long.parseLong(timeout.substring(0, digits));
        Duration limit = switch (timeout.charAt(digits)) {
            case 'H' -> Duration.ofHours(count);
            case 'M' -> Duration.ofMinutes(count);
            case 'S' -> Duration.ofSeconds(count);
            case 'm' -> Duration.ofMillis(count);
            case 'u' -> Duration.ofNanos(count * 1000);
            case 'n' -> Duration.ofNanos(count);
            default -> FirstByteTimer.NEVER;
        };
        return limit.compareTo(LONGEST) > 0 ? FirstByteTimer.NEVER : limit;
    }
}
