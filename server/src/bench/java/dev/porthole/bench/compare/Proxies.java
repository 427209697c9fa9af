package dev.porthole.bench.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Two reverse proxies of one kind in a row, with default settings but for keep-alive towards the next one. */
final class Proxies implements Contender {
    private static final String HOST = "127.0.0.1";

    private final String name;
    private final int port;
    private final List<Started> both;

    private Proxies(String name, int port, List<Started> both) {
        this.name = name;
        this.port = port;
        this.both = both;
    }

    /** Two nginx. A worker each, as each hop of the others has one thread for data. */
    static Proxies nginx(Path folder, Origin origin) throws IOException {
        int second = Ports.free();
        int first = Ports.free();
        return new Proxies(
                "nginx",
                first,
                List.of(
                        nginx(folder.resolve("nginx-2"), second, origin.filesPort(), origin.appPort()),
                        nginx(folder.resolve("nginx-1"), first, second, second)));
    }

    private static Started nginx(Path folder, int port, int files, int app) throws IOException {
        Files.createDirectories(folder);
        Path configuration = Files.writeString(
                folder.resolve("nginx.conf"), """
                user %s;
                worker_processes 1;
                daemon off;
                pid nginx.pid;
                error_log error.log;
                events { worker_connections 16384; }
                http {
                  access_log off;
                  client_max_body_size 0;
                  keepalive_requests 1000000000;
                  client_body_temp_path body; proxy_temp_path proxy;
                  fastcgi_temp_path fastcgi; uwsgi_temp_path uwsgi; scgi_temp_path scgi;
                  upstream files { server 127.0.0.1:%d; keepalive 256; keepalive_requests 1000000000; }
                  upstream app { server 127.0.0.1:%d; }
                  server {
                    listen 127.0.0.1:%d backlog=4096;
                    location / { proxy_pass http://files; proxy_http_version 1.1; proxy_set_header Connection ""; }
                    location /app/ {
                      proxy_pass http://app; proxy_http_version 1.1; proxy_set_header Host $http_host;
                      proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection $http_connection;
                    }
                  }
                }
                """.formatted(System.getProperty("user.name"), files, app, port));
        return Started.until(
                port, folder, "nginx", "-p", folder.toString(), "-e", "error.log", "-c", configuration.toString());
    }

    /** Two HAProxy, a thread each. */
    static Proxies haproxy(Path folder, Origin origin) throws IOException {
        int second = Ports.free();
        int first = Ports.free();
        return new Proxies(
                "HAProxy",
                first,
                List.of(
                        haproxy(folder.resolve("haproxy-2"), second, origin.filesPort(), origin.appPort()),
                        haproxy(folder.resolve("haproxy-1"), first, second, second)));
    }

    private static Started haproxy(Path folder, int port, int files, int app) throws IOException {
        Files.createDirectories(folder);
        Path configuration = Files.writeString(folder.resolve("haproxy.cfg"), """
                global
                  nbthread 1
                  maxconn 4096
                defaults
                  mode http
                  timeout connect 5s
                  timeout client 60s
                  timeout server 60s
                  timeout tunnel 60s
                  http-reuse safe
                frontend visitors
                  bind 127.0.0.1:%d
                  use_backend app if { path_beg /app/ }
                  default_backend files
                backend files
                  server files 127.0.0.1:%d
                backend app
                  server app 127.0.0.1:%d
                """.formatted(port, files, app));
        return Started.until(port, folder, "haproxy", "-db", "-f", configuration.toString());
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Address files() {
        return new Address(port, HOST);
    }

    @Override
    public Address app() {
        return new Address(port, HOST);
    }

    @Override
    public List<Long> processes() {
        return both.stream().flatMap(started -> started.processes().stream()).toList();
    }

    @Override
    public void close() {
        both.forEach(Started::close);
    }
}
