package dev.porthole.desktop.embedded;

import dev.porthole.core.config.PrivateFiles;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Starts the server's program as a background process that outlives the one that started it. */
final class ServerProcess {
    private static final String MAIN = "dev.porthole.server.Main";
    private static final String OPTIONS = "server.options";
    private static final String ARCHIVE = "aot/server.aot";

    /** Where the distribution's JVM options are: set by the launchers, absent in a test. */
    static final String OPTIONS_FOLDER = "porthole.jvm.options";

    private final Process process;
    private final Path log;

    private ServerProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** Starts it on a data folder; its output goes to {@code server.out} in that folder. */
    static ServerProcess start(Path data) throws IOException {
        PrivateFiles.createFolder(data);
        Path log = data.resolve("server.out");
        ProcessBuilder builder = new ProcessBuilder(detached(command(data)));
        // Its log is a file that nobody cleans up, and the inspector shows requests better.
        builder.environment().putIfAbsent("PORTHOLE_LOG_REQUESTS", "off");
        Process process = builder.redirectInput(ProcessBuilder.Redirect.from(new File(windows() ? "NUL" : "/dev/null")))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.to(log.toFile()))
                .directory(data.toFile())
                .start();
        return new ServerProcess(process, log);
    }

    /** Waits a little; true as soon as the process has ended. */
    boolean endsWithin(Duration patience) throws InterruptedException {
        return process.waitFor(patience.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** The last thing that it wrote for people (a stack trace's lines are indented); empty if that was nothing. */
    String lastWords() {
        try (Stream<String> lines = Files.lines(log, StandardCharsets.UTF_8)) {
            return lines.filter(line -> !line.isBlank() && !Character.isWhitespace(line.charAt(0)))
                    .reduce("", (before, line) -> line);
        } catch (IOException | java.io.UncheckedIOException unreadable) {
            return "";
        }
    }

    Path log() {
        return log;
    }

    /** This process's own Java and class path: the server's classes are on it, in a checkout and when installed. */
    private static List<String> command(Path data) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", windows() ? "javaw.exe" : "java")
                .toString());
        String folder = System.getProperty(OPTIONS_FOLDER);
        if (folder != null) {
            command.add("@" + Path.of(folder, OPTIONS));
            // Java goes on without it if it is not there, or of other jars.
            command.add("-XX:AOTCache=" + Path.of(folder).resolveSibling(ARCHIVE));
        }
        command.addAll(List.of("-cp", absolute(System.getProperty("java.class.path"))));
        command.addAll(List.of(MAIN, "--embedded", "--data-dir", data.toString()));
        return command;
    }

    /** A relative entry would mean another file in the data folder. */
    private static String absolute(String classPath) {
        return Stream.of(classPath.split(File.pathSeparator))
                .map(entry -> new File(entry).getAbsolutePath())
                .reduce((before, entry) -> before + File.pathSeparator + entry)
                .orElse("");
    }

    /**
     * Ctrl+C in the terminal goes to every process of its foreground group, and closing the terminal to the whole
     * session: the server gets a session of its own where there is {@code setsid}, and is deaf to both signals where
     * there is not.
     */
    private static List<String> detached(List<String> command) {
        if (windows()) {
            return command;
        }
        List<String> detached = new ArrayList<>(
                Files.isExecutable(Path.of("/usr/bin/setsid"))
                        ? List.of("/usr/bin/setsid")
                        : List.of("/bin/sh", "-c", "trap '' INT HUP; exec \"$@\"", "porthole-server"));
        detached.addAll(command);
        return detached;
    }

    private static boolean windows() {
        return System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows");
    }
}
