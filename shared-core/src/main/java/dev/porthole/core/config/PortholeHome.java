package dev.porthole.core.config;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One user's installation on one machine: the folders of its files. The app and the command line share it.
 *
 * @param config the user's choices: {@code config.yml}
 * @param data what is kept: {@code device.json}, tokens where there is no keychain, the embedded server
 * @param state what may be lost without harm: locks, which tunnels were running, logs
 */
public record PortholeHome(Path config, Path data, Path state) {
    /** Names the one folder that holds all of these instead of the platform's. */
    public static final String VARIABLE = "PORTHOLE_HOME";

    /** The home of this process: {@value #VARIABLE}, else the platform's folders. */
    public static PortholeHome ofThisProcess() {
        return of(System.getenv(), System.getProperty("os.name", ""), Path.of(System.getProperty("user.home", ".")));
    }

    /** All of it below one folder. */
    public static PortholeHome in(Path folder) {
        Path absolute = folder.toAbsolutePath().normalize();
        return new PortholeHome(absolute, absolute, absolute.resolve("state"));
    }

    static PortholeHome of(Map<String, String> environment, String osName, Path userHome) {
        String chosen = environment.get(VARIABLE);
        if (chosen != null && !chosen.isBlank()) {
            return in(Path.of(chosen));
        }
        String os = osName.toLowerCase(Locale.ROOT);
        if (os.startsWith("windows")) {
            Path roaming = folder(environment.get("APPDATA"), userHome.resolve("AppData/Roaming"));
            Path local = folder(environment.get("LOCALAPPDATA"), userHome.resolve("AppData/Local"));
            return new PortholeHome(
                    roaming.resolve("Porthole"), local.resolve("Porthole"), local.resolve("Porthole/state"));
        }
        if (os.startsWith("mac")) {
            Path support = userHome.resolve("Library/Application Support/Porthole");
            return new PortholeHome(support, support, support.resolve("state"));
        }
        // XDG Base Directory Specification: a relative path in one of the variables is to be ignored.
        return new PortholeHome(
                folder(environment.get("XDG_CONFIG_HOME"), userHome.resolve(".config"))
                        .resolve("porthole"),
                folder(environment.get("XDG_DATA_HOME"), userHome.resolve(".local/share"))
                        .resolve("porthole"),
                folder(environment.get("XDG_STATE_HOME"), userHome.resolve(".local/state"))
                        .resolve("porthole"));
    }

    /** The user's choices. */
    public Path configFile() {
        return config.resolve("config.yml");
    }

    /** The data folder of the embedded server ("This computer"). */
    public Path serverData() {
        return data.resolve("server");
    }

    /** A file of the state folder. */
    public Path stateFile(String name) {
        return state.resolve(name);
    }

    /** This installation's own id; made when it is first asked for, by whichever process comes first. */
    public String deviceId() throws IOException {
        return DeviceFile.read(data.resolve("device.json"));
    }

    private static Path folder(@Nullable String chosen, Path otherwise) {
        if (chosen == null || chosen.isBlank() || !Path.of(chosen).isAbsolute()) {
            return otherwise;
        }
        return Path.of(chosen);
    }
}
