package dev.porthole.desktop.service;

import dev.porthole.core.config.PrivateFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** macOS: a launch agent (launchd.plist(5)) of the user's session. */
final class LaunchdService implements UserService {
    private static final String LABEL = "dev.porthole.agent";

    private final Path file;
    private final Path log;
    private final Programs programs;

    LaunchdService(Path file, Path log, Programs programs) {
        this.file = file;
        this.log = log;
        this.programs = programs;
    }

    static LaunchdService in(Path userHome, Path state, Programs programs) {
        return new LaunchdService(
                userHome.resolve("Library/LaunchAgents").resolve(LABEL + ".plist"),
                state.resolve("agent.log"),
                programs);
    }

    @Override
    public Path file() {
        return file;
    }

    @Override
    public Installed install(AgentService service) throws IOException {
        PrivateFiles.createFolder(log.toAbsolutePath().resolveSibling(""));
        PrivateFiles.replace(file, plist(service).getBytes(StandardCharsets.UTF_8));
        // One that runs already has to go first; one that does not is no matter.
        Programs.Result _ = programs.run(List.of("launchctl", "bootout", domain() + "/" + LABEL));
        Programs.Result started = programs.run(List.of("launchctl", "bootstrap", domain(), file.toString()));
        String why = started.isFine() ? "" : "launchctl bootstrap: " + started.output();
        return new Installed(List.of(file), started.isFine(), why, logs());
    }

    @Override
    public String uninstall() throws IOException {
        if (!Files.exists(file)) {
            return "";
        }
        Programs.Result ended = programs.run(List.of("launchctl", "bootout", domain() + "/" + LABEL));
        Files.deleteIfExists(file);
        return ended.isFine() ? "" : "launchctl bootout: " + ended.output();
    }

    @Override
    public Status status() throws IOException {
        Programs.Result printed = programs.run(List.of("launchctl", "print", domain() + "/" + LABEL));
        boolean running = printed.isFine() && printed.output().contains("state = running");
        String detail = running ? "running" : printed.isFine() ? "loaded, not running" : "not loaded";
        return new Status(Files.exists(file), running, detail);
    }

    @Override
    public List<String> logs() {
        return List.of("Its log: tail -f '" + log + "'");
    }

    private String domain() throws IOException {
        return "gui/" + programs.run(List.of("id", "-u")).output();
    }

    static String plist(AgentService service) {
        String arguments = service.command().stream()
                .map(argument -> "    <string>" + Xml.text(argument) + "</string>")
                .collect(Collectors.joining("\n"));
        String home = service.home() == null
                ? ""
                : """
                  <key>EnvironmentVariables</key>
                  <dict>
                    <key>PORTHOLE_HOME</key>
                    <string>%s</string>
                  </dict>
                """.formatted(Xml.text(service.home().toString()));
        // KeepAlive: an agent that was told to stop has ended well, and stays so.
        return """
                <?xml version="1.0" encoding="UTF-8"?>
                <!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
                <plist version="1.0">
                <dict>
                  <key>Label</key>
                  <string>%s</string>
                  <key>ProgramArguments</key>
                  <array>
                %s
                  </array>
                %s  <key>RunAtLoad</key>
                  <true/>
                  <key>KeepAlive</key>
                  <dict>
                    <key>SuccessfulExit</key>
                    <false/>
                  </dict>
                  <key>ThrottleInterval</key>
                  <integer>10</integer>
                  <key>StandardErrorPath</key>
                  <string>%s</string>
                  <key>ProcessType</key>
                  <string>Background</string>
                </dict>
                </plist>
                """.formatted(LABEL, arguments, home, Xml.text(service.log().toString()));
    }
}
