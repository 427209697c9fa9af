package dev.porthole.server;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.LoggerContextListener;
import ch.qos.logback.core.AppenderBase;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.LoggerFactory;

/**
 * Reads every line that this process logs, down to debug, and fails the test that ends next after one with a secret in
 * it (T-C6). JUnit finds it by itself: it stands behind every test of the server.
 */
public final class SecretWatch implements BeforeAllCallback, AfterEachCallback {
    private static final Queue<String> FOUND = new ConcurrentLinkedQueue<>();

    @Override
    public void beforeAll(ExtensionContext test) {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        synchronized (SecretWatch.class) {
            if (context.getCopyOfListenerList().stream().noneMatch(listener -> listener instanceof AfterReset)) {
                context.addListener(new AfterReset());
                attach(context);
            }
        }
    }

    @Override
    public void afterEach(ExtensionContext test) {
        requireNoneFound();
    }

    static void requireNoneFound() {
        String line = FOUND.poll();
        if (line != null) {
            FOUND.clear();
            throw new AssertionError("a secret was logged (T-C6): " + line);
        }
    }

    private static void attach(LoggerContext context) {
        Reader reader = new Reader();
        reader.setContext(context);
        reader.start();
        context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(reader);
    }

    private static final class Reader extends AppenderBase<ILoggingEvent> {
        @Override
        protected void append(ILoggingEvent event) {
            look(event.getLoggerName() + " " + event.getFormattedMessage());
            for (IThrowableProxy cause = event.getThrowableProxy(); cause != null; cause = cause.getCause()) {
                look(event.getLoggerName() + " " + cause.getClassName() + ": " + cause.getMessage());
            }
        }

        private static void look(String line) {
            if (PlantedSecrets.in(line) != null) {
                FOUND.add(line);
            }
        }
    }

    /** A server that is started in this process sets its own log up, and takes all appenders away. */
    private static final class AfterReset implements LoggerContextListener {
        @Override
        public boolean isResetResistant() {
            return true;
        }

        @Override
        public void onReset(LoggerContext context) {
            attach(context);
        }

        @Override
        public void onStart(LoggerContext context) {}

        @Override
        public void onStop(LoggerContext context) {}

        @Override
        public void onLevelChange(Logger logger, ch.qos.logback.classic.Level level) {}
    }
}
