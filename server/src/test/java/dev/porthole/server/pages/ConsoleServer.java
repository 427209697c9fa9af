package dev.porthole.server.pages;

import dev.porthole.server.LeaseCount;
import dev.porthole.server.PortholeServer;
import dev.porthole.server.PublicPort;
import dev.porthole.server.StandardComposition;
import dev.porthole.server.admin.AdminClient;
import dev.porthole.server.config.ServerSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A whole server with one account, for tests of its pages, and its API for what else happens there meanwhile. */
final class ConsoleServer implements AutoCloseable {
    static final String USER = "ada";
    static final String PASSWORD = "quiet harbour kite 7";

    final PublicPort port;
    final String key;
    final String project;

    private final PortholeServer server;

    ConsoleServer(Path data) throws IOException {
        server = PortholeServer.start(
                new ServerSettings(data, "127.0.0.1", 0, null, "localhost", ServerSettings.LogLevel.warn),
                false,
                new StandardComposition(Map.of("PORTHOLE_ADMIN_USER", USER, "PORTHOLE_ADMIN_PASSWORD", PASSWORD)),
                LeaseCount.unlimited());
        port = new PublicPort(server.address().getPort());
        try (AdminClient admin = AdminClient.connect(data)) {
            key = admin.token(USER, null);
        }
        project = port.project(key);
    }

    /** A tab in which the account is signed in. */
    Tab tab() {
        Tab tab = new Tab(port);
        tab.signIn(USER, PASSWORD);
        return tab;
    }

    /** The address of one of the project's pages. */
    String at(String path) {
        return "/console/projects/" + project + path;
    }

    /** A call below the project. */
    JsonNode api(String method, String path, @Nullable String body) throws IOException {
        return port.api(method, "/projects/" + project + path, key, body).json();
    }

    /** Makes a tunnel and gives its id. */
    String tunnel(String body) throws IOException {
        return api("POST", "/tunnels", body).path("id").asString();
    }

    /** Registers a device and gives its connector's id. */
    String connector() throws IOException {
        return api("PUT", "/connectors/managed/dev_1", "{\"name\":\"Laptop\"}")
                .path("id")
                .asString();
    }

    @Override
    public void close() {
        server.close();
    }
}
