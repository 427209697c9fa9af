package dev.porthole.desktop.autostart;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The system's way to start a program when its user signs in. Each kind writes and removes exactly its own file or
 * registry value, and touches nothing else. Calls may take a second: not on the FX thread.
 */
public interface Autostart {
    /** Whether the app starts by itself now. */
    boolean isOn() throws IOException;

    /**
     * Starts it at each sign-in from now on, or changes how.
     *
     * @param hidden without a window, where there is a tray
     */
    void turnOn(boolean hidden) throws IOException;

    /** Does not start it any more. */
    void turnOff() throws IOException;

    /**
     * The way of this system; empty if nobody knows how this program was started, so that it could be again.
     *
     * @param properties the virtual machine's
     */
    static Optional<Autostart> of(Map<String, String> environment, Map<String, String> properties) {
        return Launcher.find(properties).map(program -> {
            String os = properties.getOrDefault("os.name", "").toLowerCase(Locale.ROOT);
            Path home = Path.of(properties.getOrDefault("user.home", "."));
            if (os.startsWith("windows")) {
                return new RunKey(program, RunKey.Registry.system());
            }
            return os.startsWith("mac") ? LaunchAgent.in(home, program) : XdgAutostart.in(environment, home, program);
        });
    }

    /** The way of this system, for this process. */
    static Optional<Autostart> ofThisProcess() {
        Map<String, String> properties = new java.util.HashMap<>();
        for (String name : System.getProperties().stringPropertyNames()) {
            properties.put(name, System.getProperty(name, ""));
        }
        return of(System.getenv(), properties);
    }

    /** The program with its arguments. */
    static List<String> command(String program, boolean hidden) {
        List<String> command = new ArrayList<>(List.of(program));
        if (hidden) {
            command.add("--hidden");
        }
        return command;
    }
}
