package dev.porthole.desktop.service;

import dev.porthole.core.config.PrivateFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Linux: a unit of the user's own systemd. */
final class SystemdService implements UserService {
    private static final String UNIT = "porthole-agent.service";

    private final Path file;
    private final Programs programs;

    SystemdService(Path file, Programs programs) {
        this.file = file;
        this.programs = programs;
    }

    /** systemd.unit(5), "Unit File Load Path": {@code $XDG_CONFIG_HOME/systemd/user}. */
    static SystemdService in(Map<String, String> environment, Path userHome, Programs programs) {
        String chosen = environment.getOrDefault("XDG_CONFIG_HOME", "");
        // A relative path in the variable is to be ignored (XDG Base Directory Specification).
        Path config = !chosen.isBlank() && Path.of(chosen).isAbsolute() ? Path.of(chosen) : userHome.resolve(".config");
        return new SystemdService(config.resolve("systemd/user").resolve(UNIT), programs);
    }

    @Override
    public Path file() {
        return file;
    }

    @Override
    public Installed install(AgentService service) throws IOException {
        PrivateFiles.replace(file, unit(service).getBytes(StandardCharsets.UTF_8));
        String why = runs();
        if (why.isEmpty()) {
            for (List<String> step :
                    List.of(List.of("daemon-reload"), List.of("enable", UNIT), List.of("restart", UNIT))) {
                Programs.Result result = systemctl(step);
                if (!result.isFine()) {
                    why = "systemctl --user " + String.join(" ", step) + ": " + result.output();
                    break;
                }
            }
        }
        List<String> next = new ArrayList<>();
        if (!why.isEmpty()) {
            next.add("Start it where systemd runs for you: systemctl --user daemon-reload && systemctl --user enable"
                    + " --now " + UNIT);
            next.add("Or run it yourself: "
                    + service.command().stream().map(SystemdService::shown).collect(Collectors.joining(" ")));
        }
        next.add("Let it run while you are signed out, too: loginctl enable-linger");
        next.addAll(logs());
        return new Installed(List.of(file), why.isEmpty(), why, next);
    }

    @Override
    public String uninstall() throws IOException {
        if (!Files.exists(file)) {
            return "";
        }
        String why = runs();
        if (why.isEmpty()) {
            Programs.Result result = systemctl(List.of("disable", "--now", UNIT));
            why = result.isFine() ? "" : "systemctl --user disable --now " + UNIT + ": " + result.output();
        }
        Files.deleteIfExists(file);
        if (why.isEmpty()) {
            Programs.Result _ = systemctl(List.of("daemon-reload"));
        }
        return why;
    }

    @Override
    public Status status() throws IOException {
        boolean installed = Files.exists(file);
        String why = runs();
        if (!why.isEmpty()) {
            return new Status(installed, false, why);
        }
        Programs.Result result =
                systemctl(List.of("show", UNIT, "--property=ActiveState,SubState,StatusText", "--no-pager"));
        Map<String, String> facts = result.output()
                .lines()
                .filter(line -> line.contains("="))
                .collect(Collectors.toMap(
                        line -> line.substring(0, line.indexOf('=')),
                        line -> line.substring(line.indexOf('=') + 1),
                        (first, _) -> first));
        String state = facts.getOrDefault("ActiveState", "unknown");
        String text = facts.getOrDefault("StatusText", "");
        return new Status(
                installed,
                state.equals("active"),
                state + " (" + facts.getOrDefault("SubState", "unknown") + ")" + (text.isEmpty() ? "" : ": " + text));
    }

    @Override
    public List<String> logs() {
        return List.of("Its log: journalctl --user --unit " + UNIT + " --follow");
    }

    /** Why the user's systemd can't be asked; empty if it can. */
    private String runs() {
        try {
            Programs.Result result = systemctl(List.of("show-environment"));
            return result.isFine() ? "" : "systemd does not run for this user (" + firstLine(result.output()) + ")";
        } catch (IOException missing) {
            return "there is no systemd here (" + missing.getMessage() + ")";
        }
    }

    private Programs.Result systemctl(List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("systemctl", "--user"));
        command.addAll(arguments);
        return programs.run(command);
    }

    /** Everyone may read a unit: the credential stays in its file. */
    static String unit(AgentService service) {
        String home = service.home() == null ? "" : "Environment=" + quoted("PORTHOLE_HOME=" + service.home()) + "\n";
        // Variables stand in arguments; the program's own name is taken as it is.
        String command = quoted(service.program())
                + service.command().stream()
                        .skip(1)
                        .map(argument -> " " + quoted(argument.replace("$", "$$")))
                        .collect(Collectors.joining());
        return """
                # Written by: porthole agent install
                [Unit]
                Description=Porthole agent for %s
                StartLimitIntervalSec=0

                [Service]
                Type=notify
                ExecStart=%s
                %sRestart=always
                RestartSec=5
                # 2: wrong use. 3: the credential is refused, and stays so.
                RestartPreventExitStatus=2 3
                # The agent says twice in this time that it works.
                WatchdogSec=60
                NoNewPrivileges=yes

                [Install]
                WantedBy=default.target
                """.formatted(service.server().replace("%", "%%"), command, home);
    }

    /** systemd.syntax(7), "Quoting", and signs that stand for something else doubled. */
    private static String quoted(String argument) {
        String escaped = argument.replace("\\", "\\\\").replace("\"", "\\\"").replace("%", "%%");
        return argument.matches("[A-Za-z0-9_./:@=,+-]+") ? argument : "\"" + escaped + "\"";
    }

    /** For a shell. */
    private static String shown(String argument) {
        return argument.matches("[A-Za-z0-9_./:@=,+-]+") ? argument : "'" + argument.replace("'", "'\\''") + "'";
    }

    private static String firstLine(String output) {
        return output.lines().findFirst().orElse("no answer");
    }
}
