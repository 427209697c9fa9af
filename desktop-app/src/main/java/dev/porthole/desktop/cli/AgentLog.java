package dev.porthole.desktop.cli;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.AppenderBase;
import dev.porthole.desktop.cli.AgentLogOptions.Level;
import org.slf4j.LoggerFactory;

/** Sends what the parts of a headless agent remark to its log, until it is closed. No stack traces: one line each. */
final class AgentLog extends AppenderBase<ILoggingEvent> implements AutoCloseable {
    private static final String OURS = "dev.porthole";

    private final AgentLines lines;
    private final Logger root;
    private final Logger ours;

    private AgentLog(AgentLines lines, LoggerContext context) {
        this.lines = lines;
        this.root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        this.ours = context.getLogger(OURS);
        setContext(context);
    }

    static AgentLog start(AgentLines lines) {
        AgentLog log = new AgentLog(lines, (LoggerContext) LoggerFactory.getILoggerFactory());
        if (lines.level() == Level.debug) {
            log.ours.setLevel(ch.qos.logback.classic.Level.DEBUG);
        }
        log.start();
        log.root.addAppender(log);
        return log;
    }

    @Override
    protected void append(ILoggingEvent event) {
        String logger = event.getLoggerName();
        lines.remark(
                event.getInstant(),
                level(event),
                logger.substring(logger.lastIndexOf('.') + 1),
                event.getFormattedMessage() + reason(event.getThrowableProxy()));
    }

    @Override
    public void close() {
        root.detachAppender(this);
        stop();
        ours.setLevel(null);
    }

    private static String reason(@org.jspecify.annotations.Nullable IThrowableProxy thrown) {
        return thrown == null ? "" : ": " + thrown.getClassName() + ": " + thrown.getMessage();
    }

    private static Level level(ILoggingEvent event) {
        return switch (event.getLevel().toInt()) {
            case ch.qos.logback.classic.Level.ERROR_INT -> Level.error;
            case ch.qos.logback.classic.Level.WARN_INT -> Level.warn;
            case ch.qos.logback.classic.Level.INFO_INT -> Level.info;
            default -> Level.debug;
        };
    }
}
