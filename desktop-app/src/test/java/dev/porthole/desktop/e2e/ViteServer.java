package dev.porthole.desktop.e2e;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Vite's development server, installed from npm by its lock file, in front of a small page. */
final class ViteServer implements AutoCloseable {
    private static final List<String> FILES =
            List.of("package.json", "package-lock.json", "index.html", "main.js", "heading.js");

    private final Path folder;
    private final Process process;
    private final int port;

    private ViteServer(Path folder, Process process, int port) {
        this.folder = folder;
        this.process = process;
        this.port = port;
    }

    /** Installs into the folder and starts; Vite accepts connections when this returns. */
    static ViteServer start(Path folder) throws Exception {
        for (String name : FILES) {
            try (InputStream file =
                    Objects.requireNonNull(ViteServer.class.getResourceAsStream("vite/" + name), name)) {
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
        int port = freePort();
        ProcessBuilder vite = new ProcessBuilder(
                        "node", "node_modules/vite/bin/vite.js", "--port", String.valueOf(port), "--strictPort")
                .directory(folder.toFile())
                .redirectErrorStream(true);
        vite.environment().put("NO_COLOR", "1");
        Process process = vite.start();
        CompletableFuture<Boolean> listening = new CompletableFuture<>();
        Thread.ofVirtual().name("vite-output").start(() -> read(process, port, listening));
        if (!listening.get(60, TimeUnit.SECONDS)) {
            throw new IOException("vite ended before it listened");
        }
        return new ViteServer(folder, process, port);
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

    /** Edits the source, as a developer would. */
    void writeHeading(String text) throws IOException {
        Files.writeString(folder.resolve("heading.js"), "export const heading = '" + text + "'\n");
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
