package dev.porthole.desktop.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import ch.qos.logback.core.FileAppender;
import dev.porthole.core.config.PortholeHome;
import dev.porthole.core.config.PrivateFiles;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * The log of the command line: {@code cli.log} of the home, because standard output is for data and standard error for
 * people. Most commands have nothing to say there: the file, and what writes it, are made for the first line. Without
 * the file there is no log, and the command runs.
 */
final class CliLog extends AppenderBase<ILoggingEvent> {
    private final PortholeHome home;
    private @Nullable FileAppender<ILoggingEvent> file;

    private CliLog(PortholeHome home) {
        this.home = home;
    }

    /** Takes what is logged from now on. */
    static void start(PortholeHome home) {
        // In code: reading Logback's XML costs 150 ms of each start.
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset();
        Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.WARN);
        CliLog log = new CliLog(home);
        log.setContext(context);
        log.start();
        root.addAppender(log);
    }

    @Override
    protected void append(ILoggingEvent event) {
        FileAppender<ILoggingEvent> open = file;
        if (open == null) {
            try {
                PrivateFiles.createFolder(home.state());
            } catch (IOException nowhereToWrite) {
                stop();
                return;
            }
            open = open();
            file = open;
        }
        open.doAppend(event);
    }

    private FileAppender<ILoggingEvent> open() {
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(getContext());
        // %replace: a line that carries a visitor's text stays one line.
        encoder.setPattern(
                "%d{yyyy-MM-dd'T'HH:mm:ss.SSSX,UTC} %-5level %logger{20} %replace(%msg){'[\\r\\n]+', ' '}%n");
        encoder.start();
        FileAppender<ILoggingEvent> appender = new FileAppender<>();
        appender.setContext(getContext());
        appender.setFile(home.stateFile("cli.log").toString());
        appender.setEncoder(encoder);
        appender.start();
        return appender;
    }
}
