package dev.porthole.desktop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.core.config.PortholeHome;
import dev.porthole.desktop.service.AgentService;
import dev.porthole.desktop.service.UserService;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code porthole agent install, status, uninstall} with a service manager of the test's own. */
class AgentInstallTest {
    private static final String CREDENTIAL = "phc_planted-credential";

    @TempDir
    private Path folder;

    private final Map<String, String> environment = new HashMap<>(Map.of("PORTHOLE_SERVER", "porthole.example.com"));
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final List<AgentService> installed = new ArrayList<>();
    private Optional<String> launcher = Optional.of("/usr/bin/porthole");
    private UserService.Status status = new UserService.Status(false, false, "inactive (dead)");

    private ServiceOfHome service() {
        UserService manager = new UserService() {
            @Override
            public Path file() {
                return folder.resolve("unit");
            }

            @Override
            public Installed install(AgentService service) {
                installed.add(service);
                return new Installed(List.of(file()), false, "systemd does not run for this user", logs());
            }

            @Override
            public String uninstall() {
                return "";
            }

            @Override
            public Status status() {
                return status;
            }

            @Override
            public List<String> logs() {
                return List.of("Its log: journalctl --user");
            }
        };
        return new ServiceOfHome(PortholeHome.in(folder), Optional.of(folder), launcher, manager);
    }

    private Surroundings surroundings() {
        Terminal terminal = new Terminal(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                new BufferedReader(new StringReader("")),
                false,
                false);
        return new Surroundings(
                terminal,
                environment,
                PortholeHome.in(folder),
                _ -> new FakePorthole(folder),
                () -> {
                    throw new UnsupportedOperationException();
                },
                _ -> false,
                _ -> () -> {},
                "1.2.3");
    }

    private int run(Callable<Integer> command) throws Exception {
        return command.call();
    }

    @Test // T-C6, B-C1
    void credentialIsCopiedForItsUserAloneAndStandsInNoArgument() throws Exception {
        environment.put("PORTHOLE_CONNECTOR_TOKEN", CREDENTIAL);
        assertThat(run(new AgentInstallCommand(surroundings(), new CommonOptions(), service())))
                .isZero();
        Path kept = folder.resolve("agent-credential");
        assertThat(kept).hasContent(CREDENTIAL);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(kept)))
                .isEqualTo("rw-------");
        assertThat(installed).singleElement().satisfies(service -> {
            assertThat(service.program()).isEqualTo("/usr/bin/porthole");
            assertThat(service.server()).isEqualTo("https://porthole.example.com");
            assertThat(service.credential()).isEqualTo(kept);
            assertThat(service.toString()).doesNotContain(CREDENTIAL);
        });
        assertThat(out.toString(StandardCharsets.UTF_8).lines())
                .containsExactly("wrote " + kept, "wrote " + folder.resolve("unit"));
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("The agent does not run yet: systemd does not run for this user.", "Its log: journalctl")
                .doesNotContain(CREDENTIAL);
    }

    @Test
    void documentsAreAsTheirSchemasSay() throws Exception {
        environment.put("PORTHOLE_CONNECTOR_TOKEN", CREDENTIAL);
        CommonOptions json = new CommonOptions();
        new picocli.CommandLine(new RootCommand(json)).parseArgs("-o", "json");
        for (String name : List.of("agent-install", "agent-status", "agent-uninstall")) {
            out.reset();
            Callable<Integer> command = switch (name) {
                case "agent-install" -> new AgentInstallCommand(surroundings(), json, service());
                case "agent-status" -> new AgentStatusCommand(surroundings(), json, service());
                default -> new AgentUninstallCommand(surroundings(), json, service());
            };
            int _ = run(command);
            assertThat(JsonShapesTest.problems(name, out.toString(StandardCharsets.UTF_8)))
                    .as(name)
                    .isEmpty();
        }
    }

    @Test
    void withoutALauncherItSaysSo() {
        environment.put("PORTHOLE_CONNECTOR_TOKEN", CREDENTIAL);
        launcher = Optional.empty();
        assertThat(org.assertj.core.api.Assertions.catchThrowable(
                        () -> run(new AgentInstallCommand(surroundings(), new CommonOptions(), service()))))
                .hasMessageContaining("porthole agent install");
        assertThat(folder.resolve("agent-credential")).doesNotExist();
    }

    @Test
    void statusIsAnExitCode() throws Exception {
        assertThat(run(new AgentStatusCommand(surroundings(), new CommonOptions(), service())))
                .isEqualTo(4);
        status = new UserService.Status(true, false, "failed (failed)");
        assertThat(run(new AgentStatusCommand(surroundings(), new CommonOptions(), service())))
                .isEqualTo(1);
        status = new UserService.Status(true, true, "active (running): connected; 2 tunnels");
        assertThat(run(new AgentStatusCommand(surroundings(), new CommonOptions(), service())))
                .isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("state:     active (running): connected; 2 tunnels");
    }

    @Test
    void uninstallTakesTheCredentialWithIt() throws Exception {
        Path kept = Files.writeString(folder.resolve("agent-credential"), CREDENTIAL);
        assertThat(run(new AgentUninstallCommand(surroundings(), new CommonOptions(), service())))
                .isZero();
        assertThat(kept).doesNotExist();
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("The agent's service is gone.");
        assertThat(run(new AgentUninstallCommand(surroundings(), new CommonOptions(), service())))
                .isZero();
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("There was no service.");
    }
}
