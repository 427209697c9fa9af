package dev.porthole.desktop.cli;

import dev.porthole.core.config.PortholeHome;
import dev.porthole.desktop.service.AgentService;
import dev.porthole.desktop.service.Programs;
import dev.porthole.desktop.service.UserService;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The agent's service of one installation: where its files are, and who runs it.
 *
 * @param home the installation's folders
 * @param chosenHome what {@code PORTHOLE_HOME} names, if it does
 * @param launcher the program to start
 */
record ServiceOfHome(PortholeHome home, Optional<Path> chosenHome, Optional<String> launcher, UserService manager) {
    /** This process's. */
    static ServiceOfHome of(Map<String, String> environment, PortholeHome home) {
        String chosen = environment.get(PortholeHome.VARIABLE);
        return new ServiceOfHome(
                home,
                isNone(chosen)
                        ? Optional.empty()
                        : Optional.of(Path.of(chosen).toAbsolutePath().normalize()),
                AgentService.launcher(),
                UserService.of(
                        environment,
                        System.getProperty("os.name", ""),
                        Path.of(System.getProperty("user.home", ".")),
                        home.state(),
                        Programs.system()));
    }

    private static boolean isNone(@Nullable String text) {
        return text == null || text.isBlank();
    }

    /** Where the credential is kept, for its user alone. */
    Path credential() {
        return home.data().resolve("agent-credential");
    }

    /** Where the agent's lines go on systems without a journal. */
    Path log() {
        return home.stateFile("agent.log");
    }
}
