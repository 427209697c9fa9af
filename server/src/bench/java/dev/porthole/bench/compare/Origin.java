package dev.porthole.bench.compare;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;

/** What is shared: files of an nginx, and a small app that echoes WebSocket messages and swallows uploads. */
final class Origin implements AutoCloseable {
    /** Bytes of {@link #SMALL}. */
    private static final int SMALL_BYTES = 1024;

    static final String SMALL = "/1k";
    static final String LARGE = "/1g";
    static final long LARGE_BYTES = 1L << 30;

    private final Started nginx;
    private final EchoApp app;
    private final int port;

    private Origin(Started nginx, EchoApp app, int port) {
        this.nginx = nginx;
        this.app = app;
        this.port = port;
    }

    static Origin open(Path folder) throws IOException {
        Path files = Files.createDirectories(folder.resolve("files"));
        byte[] small = new byte[SMALL_BYTES];
        new Random(1).nextBytes(small);
        Files.write(files.resolve(SMALL.substring(1)), small, StandardOpenOption.CREATE);
        try (RandomAccessFile large =
                new RandomAccessFile(files.resolve(LARGE.substring(1)).toFile(), "rw")) {
            // A hole: the disk has no part in what is measured.
            large.setLength(LARGE_BYTES);
        }
        int port = Ports.free();
        // A worker of root's nginx is nobody otherwise, who may not read the folder.
        Path configuration = Files.writeString(
                folder.resolve("origin.conf"), """
                user %s;
                worker_processes 1;
                daemon off;
                pid origin.pid;
                error_log error.log;
                events { worker_connections 16384; }
                http {
                  access_log off;
                  sendfile on;
                  keepalive_requests 1000000000;
                  client_body_temp_path body; proxy_temp_path proxy;
                  fastcgi_temp_path fastcgi; uwsgi_temp_path uwsgi; scgi_temp_path scgi;
                  server { listen 127.0.0.1:%d backlog=4096; root %s; }
                }
                """.formatted(System.getProperty("user.name"), port, files));
        Started nginx = Started.until(
                port, folder, "nginx", "-p", folder.toString(), "-e", "error.log", "-c", configuration.toString());
        return new Origin(nginx, EchoApp.open(), port);
    }

    int filesPort() {
        return port;
    }

    int appPort() {
        return app.port();
    }

    @Override
    public void close() {
        app.close();
        nginx.close();
    }
}
