package dev.porthole.desktop.service;

import dev.porthole.core.config.PrivateFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Windows: a task of the Task Scheduler that begins when its user signs in, made by {@code schtasks.exe} from a text of
 * the Task Scheduler Schema. A task has no environment of its own: {@code cmd.exe} sets what is needed.
 */
final class ScheduledTask implements UserService {
    private static final String NAME = "Porthole agent";

    private final Path file;
    private final Path log;
    private final Programs programs;

    ScheduledTask(Path file, Path log, Programs programs) {
        this.file = file;
        this.log = log;
        this.programs = programs;
    }

    @Override
    public Path file() {
        return file;
    }

    @Override
    public Installed install(AgentService service) throws IOException {
        // schtasks takes the encoding that the text says, with its mark.
        PrivateFiles.replace(file, ("\ufeff" + xml(service)).getBytes(StandardCharsets.UTF_16LE));
        Programs.Result made = programs.run(List.of("schtasks", "/Create", "/TN", NAME, "/XML", file.toString(), "/F"));
        if (!made.isFine()) {
            return new Installed(List.of(file), false, "schtasks /Create: " + made.output(), logs());
        }
        Programs.Result started = programs.run(List.of("schtasks", "/Run", "/TN", NAME));
        String why = started.isFine() ? "" : "schtasks /Run: " + started.output();
        return new Installed(List.of(file), started.isFine(), why, logs());
    }

    @Override
    public String uninstall() throws IOException {
        if (!Files.exists(file)) {
            return "";
        }
        Programs.Result _ = programs.run(List.of("schtasks", "/End", "/TN", NAME));
        Programs.Result gone = programs.run(List.of("schtasks", "/Delete", "/TN", NAME, "/F"));
        Files.deleteIfExists(file);
        return gone.isFine() ? "" : "schtasks /Delete: " + gone.output();
    }

    @Override
    public Status status() throws IOException {
        Programs.Result asked = programs.run(List.of("schtasks", "/Query", "/TN", NAME, "/FO", "CSV", "/NH"));
        boolean running = asked.isFine() && asked.output().contains("\"Running\"");
        return new Status(
                Files.exists(file), running, asked.isFine() ? (running ? "running" : "not running") : "no such task");
    }

    @Override
    public List<String> logs() {
        return List.of("Its log: type \"" + log + "\"");
    }

    static String xml(AgentService service) {
        String command = service.command().stream().map(ScheduledTask::quoted).collect(Collectors.joining(" "));
        String whole = setHome(service.home()) + command + " 2>> "
                + quoted(service.log().toString());
        return """
                <?xml version="1.0" encoding="UTF-16"?>
                <Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
                  <RegistrationInfo>
                    <Description>Porthole agent for %s</Description>
                  </RegistrationInfo>
                  <Triggers>
                    <LogonTrigger>
                      <Enabled>true</Enabled>
                    </LogonTrigger>
                  </Triggers>
                  <Principals>
                    <Principal id="Author">
                      <LogonType>InteractiveToken</LogonType>
                      <RunLevel>LeastPrivilege</RunLevel>
                    </Principal>
                  </Principals>
                  <Settings>
                    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
                    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
                    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
                    <ExecutionTimeLimit>PT0S</ExecutionTimeLimit>
                    <Hidden>true</Hidden>
                    <RestartOnFailure>
                      <Interval>PT1M</Interval>
                      <Count>999</Count>
                    </RestartOnFailure>
                  </Settings>
                  <Actions Context="Author">
                    <Exec>
                      <Command>cmd.exe</Command>
                      <Arguments>/d /s /c "%s"</Arguments>
                    </Exec>
                  </Actions>
                </Task>
                """.formatted(Xml.text(service.server()), Xml.text(whole));
    }

    private static String setHome(@Nullable Path home) {
        return home == null ? "" : "set \"PORTHOLE_HOME=" + home + "\" && ";
    }

    private static String quoted(String argument) {
        return argument.matches("[A-Za-z0-9_./:\\\\-]+") ? argument : "\"" + argument + "\"";
    }
}
