package dev.porthole.desktop.app;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.rolling.FixedWindowRollingPolicy;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeBasedTriggeringPolicy;
import ch.qos.logback.core.util.FileSize;
import dev.porthole.core.config.PortholeHome;
import dev.porthole.core.config.PrivateFiles;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The app's log: {@code app.log} of the home and one older file, of 2 MB each; nothing goes to the terminal, not even
 * what a thread ends with.
 */
final class AppLog {
    private static final FileSize LARGEST = FileSize.valueOf("2MB");

    private AppLog() {}

    /** Logs from now on. Without the file there is no log, and the app runs. */
    static void start(PortholeHome home) {
        // GTK's loop ends with one, now and then, when a signal ends the program.
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) ->
                LoggerFactory.getLogger(AppLog.class).error("The thread {} has ended", thread.getName(), failure));
        // In code: reading Logback's XML costs 150 ms of each start.
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset();
        ch.qos.logback.classic.Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.INFO);
        String file = home.stateFile("app.log").toString();
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
        RollingFileAppender<ILoggingEvent> appender = new RollingFileAppender<>();
        appender.setContext(context);
        appender.setFile(file);
        appender.setEncoder(encoder);
        FixedWindowRollingPolicy older = new FixedWindowRollingPolicy();
        older.setContext(context);
        older.setParent(appender);
        older.setMinIndex(1);
        older.setMaxIndex(1);
        older.setFileNamePattern(file + ".%i");
        older.start();
        SizeBasedTriggeringPolicy<ILoggingEvent> full = new SizeBasedTriggeringPolicy<>();
        full.setContext(context);
        full.setMaxFileSize(LARGEST);
        full.start();
        appender.setRollingPolicy(older);
        appender.setTriggeringPolicy(full);
        appender.start();
        root.addAppender(appender);
    }
}
