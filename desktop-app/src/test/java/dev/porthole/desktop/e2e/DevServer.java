package dev.porthole.desktop.e2e;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A development server, installed from npm by its lock file, in front of a small page. */
final class DevServer implements AutoCloseable {
    private final Path folder;
    private final Process process;
    private final int port;

    private DevServer(Path folder, Process process, int port) {
        this.folder = folder;
        this.process = process;
        this.port = port;
    }

    /** Installs Vite into the folder and starts it; it accepts connections when this returns. */
    static DevServer vite(Path folder) throws Exception {
        install("vite", folder, List.of("index.html", "main.js", "heading.js"));
        int port = freePort();
        return start(
                folder, port, List.of("node_modules/vite/bin/vite.js", "--port", String.valueOf(port), "--strictPort"));
    }

    /** Installs webpack's server into the folder and starts it; it accepts connections when this returns. */
    static DevServer webpack(Path folder) throws Exception {
        install("webpack", folder, List.of("index.html", "main.js", "serve.js"));
        int port = freePort();
        return start(folder, port, List.of("serve.js", String.valueOf(port)));
    }

    private static void install(String which, Path folder, List<String> page) throws Exception {
        List<String> files = new ArrayList<>(page);
        files.addAll(List.of("package.json", "package-lock.json"));
        for (String name : files) {
            try (InputStream file =
                    Objects.requireNonNull(DevServer.class.getResourceAsStream(which + "/" + name), name)) {
                Files.copy(file, folder.resolve(name));
            }
        }
        Process install = new ProcessBuilder("npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(install.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (install.waitFor() != 0) {
            throw new IOException("npm ci failed:\n" + said);
        }
    }

    private static DevServer start(Path folder, int port, List<String> script) throws Exception {
        List<String> command = new ArrayList<>(List.of("node"));
        command.addAll(script);
        ProcessBuilder server =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        server.environment().put("NO_COLOR", "1");
        Process process = server.start();
        CompletableFuture<Boolean> listening = new CompletableFuture<>();
        Thread.ofVirtual().name("dev-server-output").start(() -> read(process, port, listening));
        if (!listening.get(60, TimeUnit.SECONDS)) {
            throw new IOException(String.join(" ", command) + " ended before it listened");
        }
        return new DevServer(folder, process, port);
    }

    private static void read(Process process, int port, CompletableFuture<Boolean> listening) {
        try (BufferedReader output = process.inputReader()) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                if (line.contains("localhost:" + port)) {
                    listening.complete(true);
                }
            }
        } catch (IOException ended) {
            // The same as its end.
        }
        listening.complete(false);
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    int port() {
        return port;
    }

    /** Edits the source of Vite's page, as a developer would. */
    void writeHeading(String text) throws IOException {
        Files.writeString(folder.resolve("heading.js"), "export const heading = '" + text + "'\n");
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
