package dev.porthole.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The server as a program of its own, started like a person starts it. */
final class ServerProcess implements AutoCloseable {
    static final String USER = "ada";
    static final String PASSWORD = PlantedSecrets.plant("quiet harbour kite 7");

    private final Process process;
    private final Path log;
    private final int port;

    private ServerProcess(Process process, Path log, int port) {
        this.process = process;
        this.log = log;
        this.port = port;
    }

    /** Starts it with a first account, and waits for its line. */
    static ServerProcess start(Path data, String... more) throws IOException {
        return start(data, Map.of(), more);
    }

    /** The same with more in its environment. */
    static ServerProcess start(Path data, Map<String, String> environment, String... more) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("--data-dir", data.toString()));
        arguments.addAll(List.of(more));
        Path log = Files.createTempFile("porthole-server", ".log");
        ProcessBuilder command = command(arguments);
        command.environment().putAll(environment);
        Process process = command.redirectError(log.toFile()).start();
        BufferedReader out = process.inputReader();
        String line = out.readLine();
        if (line == null || !line.startsWith("listening on http://")) {
            process.destroyForcibly();
            throw new AssertionError("it said: " + line + "\n" + Files.readString(log));
        }
        return new ServerProcess(
                process,
                log,
                URI.create(line.substring("listening on ".length())).getPort());
    }

    private static ProcessBuilder command(List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command);
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("PORTHOLE_"));
        environment.put("PORTHOLE_ADMIN_USER", USER);
        environment.put("PORTHOLE_ADMIN_PASSWORD", PASSWORD);
        environment.put("PORTHOLE_LOG_LEVEL", "debug");
        return builder;
    }

    PublicPort port() {
        return new PublicPort(port);
    }

    /** SIGTERM. */
    void terminate() {
        process.destroy();
    }

    /** SIGKILL. */
    void kill() {
        process.destroyForcibly();
    }

    /** Waits for its end. */
    int exitCode() throws InterruptedException {
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new AssertionError("it does not end");
        }
        return process.exitValue();
    }

    /** What it has written to standard error. */
    String log() throws IOException {
        return Files.readString(log);
    }

    @Override
    public void close() throws IOException {
        kill();
        process.onExit().join();
        String written = log();
        Files.delete(log);
        PlantedSecrets.requireNoneIn(written);
    }
}
