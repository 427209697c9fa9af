package dev.porthole.desktop.app;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import dev.porthole.core.config.PortholeHome;
import java.lang.Thread.UncaughtExceptionHandler;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class AppLogTest {
    private final UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();

    @TempDir
    private Path folder;

    @AfterEach
    void logAsBefore() {
        Thread.setDefaultUncaughtExceptionHandler(before);
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.getLogger(Logger.ROOT_LOGGER_NAME).detachAndStopAllAppenders();
    }

    @Test
    void whatAThreadEndsWithIsInTheLogAlone() throws Exception {
        PortholeHome home = PortholeHome.in(folder);
        AppLog.start(home);

        Thread thread = Thread.ofPlatform().name("window").start(() -> {
            throw new IllegalStateException("the loop broke");
        });
        thread.join();

        assertThat(Files.readString(home.stateFile("app.log")))
                .contains("The thread window has ended", "IllegalStateException: the loop broke");
    }
}
