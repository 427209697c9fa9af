package dev.porthole.core.doctor;

import dev.porthole.core.api.ApiJson;
import dev.porthole.core.config.ConfigFile;
import dev.porthole.core.config.PortholeHome;
import dev.porthole.core.config.PrivateFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * What someone else needs to find a fault, in a zip that its user can read before sending it: versions, the settings
 * that this release knows, the ends of the logs, the doctor's findings. Each of them scrubbed.
 */
final class SupportBundle {
    private static final int LOG_BYTES = 256 * 1024;
    private static final List<String> LOGS = List.of("app.log", "cli.log", "server.log");

    /** Settings whose names and values may be seen; of all others only that they are there. */
    private static final Set<String> KNOWN_SETTINGS =
            Set.of("server", "organization", "project", "preferences", "endpoints");

    /** Variables that hold secrets, and those that explain much. */
    private static final List<String> SECRET_VARIABLES =
            List.of("PORTHOLE_API_KEY", "PORTHOLE_PASSPHRASE", "PORTHOLE_CONNECTOR_TOKEN");

    private static final List<String> TELLING_VARIABLES = List.of(
            "PORTHOLE_HOME",
            "PORTHOLE_SERVER",
            "PORTHOLE_PROJECT",
            "PORTHOLE_CA_FILE",
            "HTTPS_PROXY",
            "https_proxy",
            "ALL_PROXY",
            "all_proxy",
            "NO_PROXY",
            "no_proxy",
            "XDG_CURRENT_DESKTOP",
            "XDG_SESSION_TYPE",
            "LANG");

    private final PortholeHome home;
    private final String version;
    private final Map<String, String> environment;
    private final Scrubber scrubber;

    SupportBundle(PortholeHome home, String version, Map<String, String> environment, String userHome) {
        this.home = home;
        this.version = version;
        this.environment = Map.copyOf(environment);
        List<String> secrets = new ArrayList<>();
        for (String name : SECRET_VARIABLES) {
            String secret = environment.get(name);
            if (secret != null) {
                secrets.add(secret);
            }
        }
        this.scrubber = new Scrubber(secrets, userHome);
    }

    static SupportBundle of(PortholeHome home, String version) {
        return new SupportBundle(home, version, System.getenv(), System.getProperty("user.home", ""));
    }

    void write(Path file, List<Finding> findings) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes, StandardCharsets.UTF_8)) {
            put(zip, "versions.txt", versions());
            put(zip, "settings.json", settings());
            put(zip, "findings.json", findings(findings));
            for (String log : LOGS) {
                String end = end(home.stateFile(log));
                if (!end.isEmpty()) {
                    put(zip, log, end);
                }
            }
        }
        PrivateFiles.replace(file, bytes.toByteArray());
    }

    private void put(ZipOutputStream zip, String name, String text) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(scrubber.scrub(text).getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
    }

    private String versions() {
        StringBuilder lines = new StringBuilder("Porthole " + version + "\n");
        for (String property : List.of("java.version", "java.vendor", "os.name", "os.version", "os.arch")) {
            lines.append(property)
                    .append(' ')
                    .append(System.getProperty(property, "?"))
                    .append('\n');
        }
        lines.append("processors ")
                .append(Runtime.getRuntime().availableProcessors())
                .append('\n');
        for (String name : TELLING_VARIABLES) {
            String value = environment.get(name);
            if (value != null) {
                lines.append(name).append(' ').append(value).append('\n');
            }
        }
        return lines.toString();
    }

    private String settings() {
        ConfigFile file = new ConfigFile(home.configFile(), InstantSource.system());
        try {
            Map<String, Object> shown = new LinkedHashMap<>();
            file.config().get().fields().forEach((name, value) -> shown.put(name, shown(name, value)));
            return ApiJson.LENIENT.writerWithDefaultPrettyPrinter().writeValueAsString(shown);
        } finally {
            file.close();
        }
    }

    private Object shown(String name, Object value) {
        if (!KNOWN_SETTINGS.contains(name)) {
            return Scrubber.MASK;
        }
        return scrubbed(value);
    }

    private Object scrubbed(Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> shown = new LinkedHashMap<>();
            map.forEach((key, inner) -> shown.put(scrubber.scrub(String.valueOf(key)), scrubbed(inner)));
            return shown;
        }
        return scrubber.scrub(String.valueOf(value));
    }

    /** What programs read of a finding. */
    record Line(String check, String verdict, String reason, List<String> values, long millis) {}

    private static String findings(List<Finding> findings) {
        List<Line> lines = findings.stream()
                .map(finding -> new Line(
                        finding.check().id(),
                        finding.verdict().id(),
                        finding.reason().id(),
                        finding.values(),
                        finding.took().toMillis()))
                .toList();
        return ApiJson.LENIENT.writerWithDefaultPrettyPrinter().writeValueAsString(lines);
    }

    /** The last lines of a log, whole ones; empty if there is none. */
    private static String end(Path log) throws IOException {
        try (SeekableByteChannel channel = Files.newByteChannel(log)) {
            long from = Math.max(0, channel.size() - LOG_BYTES);
            channel.position(from);
            ByteBuffer bytes = ByteBuffer.allocate((int) (channel.size() - from));
            while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
                // Until it is full or the log is read.
            }
            String text = new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
            return from == 0 ? text : text.substring(text.indexOf('\n') + 1);
        } catch (NoSuchFileException none) {
            return "";
        }
    }
}
