package dev.porthole.core.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code device.json}: the random id that tells this installation from the user's others. */
final class DeviceFile {
    private static final JsonMapper JSON = JsonMapper.shared();

    private DeviceFile() {}

    static String read(Path file) throws IOException {
        if (Files.exists(file)) {
            return idIn(file);
        }
        try (LockFile _ = LockFile.take(file.resolveSibling("device.lock"))) {
            if (Files.exists(file)) {
                return idIn(file);
            }
            String id = "dev_" + UUID.randomUUID().toString().replace("-", "");
            PrivateFiles.replace(
                    file, JSON.writeValueAsBytes(JSON.createObjectNode().put("id", id)));
            return id;
        }
    }

    private static String idIn(Path file) throws IOException {
        try {
            JsonNode id = JSON.readTree(Files.readAllBytes(file)).path("id");
            if (id.isString() && !id.asString().isBlank()) {
                return id.asString();
            }
        } catch (JacksonException notJson) {
            throw new IOException(file + " is not readable: " + notJson.getOriginalMessage(), notJson);
        }
        throw new IOException(file + " has no id (expected: {\"id\": \"dev_...\"}); remove it to get a new one");
    }
}
