package dev.porthole.desktop.autostart;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;

/** macOS: a property list in the user's {@code Library/LaunchAgents}; launchd reads it at the next sign-in. */
final class LaunchAgent implements Autostart {
    private static final String LABEL = "dev.porthole.Porthole";

    private final Path file;
    private final String program;

    LaunchAgent(Path file, String program) {
        this.file = file;
        this.program = program;
    }

    static LaunchAgent in(Path home, String program) {
        return new LaunchAgent(home.resolve("Library/LaunchAgents").resolve(LABEL + ".plist"), program);
    }

    @Override
    public boolean isOn() {
        return Files.exists(file);
    }

    @Override
    public void turnOn(boolean hidden) throws IOException {
        String arguments = Autostart.command(program, hidden).stream()
                .map(argument -> "    <string>" + escaped(argument) + "</string>")
                .collect(Collectors.joining("\n"));
        OwnFile.write(file, """
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
                  <key>RunAtLoad</key>
                  <true/>
                  <key>ProcessType</key>
                  <string>Interactive</string>
                </dict>
                </plist>
                """.formatted(LABEL, arguments));
    }

    @Override
    public void turnOff() throws IOException {
        Files.deleteIfExists(file);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
