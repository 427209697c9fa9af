package dev.porthole.desktop.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.FileAppender;
import dev.porthole.core.config.PortholeHome;
import dev.porthole.core.config.PrivateFiles;
import java.io.IOException;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The log of the command line: a file, because standard output is for data and standard error for people. */
final class CliLog {
    private CliLog() {}

    /** Sends what is logged to {@code cli.log} of the home. Without the file there is no log, and the command runs. */
    static void start(PortholeHome home) {
        // In code: reading Logback's XML costs 150 ms of each start.
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset();
        ch.qos.logback.classic.Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.WARN);
        Path file = home.stateFile("cli.log");
        try {
            PrivateFiles.createFolder(home.state());
        } catch (IOException nowhereToWrite) {
            return;
        }
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        // %replace: a line that carries a visitor's text stays one line.
        encoder.setPattern(
                "%d{yyyy-MM-dd'T'HH:mm:ss.SSSX,UTC} %-5level %logger{20} %replace(%msg){'[\\r\\n]+', ' '}%n");
        encoder.start();
        FileAppender<ILoggingEvent> appender = new FileAppender<>();
        appender.setContext(context);
        appender.setFile(file.toString());
        appender.setEncoder(encoder);
        appender.start();
        root.addAppender(appender);
    }
}
