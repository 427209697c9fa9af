package dev.porthole.server.telemetry;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.encoder.EncoderBase;
import dev.porthole.server.config.LogSettings;
import org.slf4j.LoggerFactory;

/** Logs to standard error, set up in code: reading Logback's XML costs 150 ms of each start. */
public final class ServerLog {
    /** Where a line for each request goes: the edge's. */
    static final String LINES = "dev.porthole.access";
    /** Where requests' fields go: the edge's. */
    static final String DETAIL = "dev.porthole.access.detail";

    private ServerLog() {}

    /** Takes over the logging of this process. */
    public static void setUp(LogSettings settings) {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset();
        EncoderBase<ILoggingEvent> encoder = new LineEncoder(settings.zone());
        encoder.setContext(context);
        encoder.start();
        ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
        appender.setContext(context);
        appender.setTarget("System.err");
        appender.setEncoder(encoder);
        appender.start();
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.WARN);
        root.addAppender(appender);
        context.getLogger("dev.porthole")
                .setLevel(Level.toLevel(settings.level().name(), Level.INFO));
        Logger lines = context.getLogger(LINES);
        lines.setAdditive(false);
        lines.addAppender(unhurried(context, encoder));
        if (settings.requests() == LogSettings.Requests.off) {
            lines.setLevel(Level.OFF);
        } else if (settings.requests() == LogSettings.Requests.lines) {
            context.getLogger(DETAIL).setLevel(Level.OFF);
        }
    }

    /** Event loops write these: they must not wait for whoever reads the log. */
    private static Appender<ILoggingEvent> unhurried(LoggerContext context, Encoder<ILoggingEvent> encoder) {
        LineWriter behind = new LineWriter(encoder, System.err);
        behind.setContext(context);
        behind.setName(LINES);
        behind.start();
        return behind;
    }

    /** Writes what waits, within a second. For the end of the process: requests are not logged from then on. */
    public static void flush() {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        Appender<ILoggingEvent> behind = context.getLogger(LINES).getAppender(LINES);
        if (behind != null) {
            behind.stop();
        }
    }
}
