package dev.porthole.server.telemetry;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import ch.qos.logback.core.encoder.EncoderBase;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * One line for each event: time, level, where, what. Control characters are escaped, so that no visitor's text can
 * forge a line or reach a terminal. A stack trace follows in the same line.
 */
final class LineEncoder extends EncoderBase<ILoggingEvent> {
    private static final byte[] NOTHING = new byte[0];
    private static final int FRAMES = 30;
    /** RFC 3339, to the millisecond. */
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSXXX", Locale.ROOT);

    private final ZoneId zone;

    LineEncoder(ZoneId zone) {
        this.zone = zone;
    }

    @Override
    public byte[] headerBytes() {
        return NOTHING;
    }

    @Override
    public byte[] footerBytes() {
        return NOTHING;
    }

    @Override
    public byte[] encode(ILoggingEvent event) {
        StringBuilder line = new StringBuilder();
        Instant at = event.getInstant() == null ? Instant.EPOCH : event.getInstant();
        TIME.formatTo(at.atZone(zone), line);
        line.append(' ').append(event.getLevel()).append(' ');
        line.append(event.getLoggerName().substring(event.getLoggerName().lastIndexOf('.') + 1))
                .append(' ');
        escape(event.getFormattedMessage(), line);
        for (IThrowableProxy cause = event.getThrowableProxy(); cause != null; cause = cause.getCause()) {
            line.append(" | ").append(cause.getClassName()).append(": ");
            escape(String.valueOf(cause.getMessage()), line);
            StackTraceElementProxy[] frames = cause.getStackTraceElementProxyArray();
            for (int i = 0; i < Math.min(FRAMES, frames.length); i++) {
                line.append(" < ").append(frames[i].getStackTraceElement());
            }
        }
        return line.append('\n').toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Whether it is printable ASCII, as nearly every line is. */
    private static boolean isPlain(String text) {
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c < 0x20 || c > 0x7e) {
                return false;
            }
        }
        return true;
    }

    private static void escape(String text, StringBuilder line) {
        if (isPlain(text)) {
            line.append(text);
            return;
        }
        text.codePoints().forEach(character -> {
            int type = Character.getType(character);
            boolean safe = !Character.isISOControl(character)
                    && type != Character.FORMAT
                    && type != Character.LINE_SEPARATOR
                    && type != Character.PARAGRAPH_SEPARATOR
                    && type != Character.SURROGATE;
            if (safe) {
                line.appendCodePoint(character);
            } else {
                line.append(String.format("\\u%04x", character));
            }
        });
    }
}
