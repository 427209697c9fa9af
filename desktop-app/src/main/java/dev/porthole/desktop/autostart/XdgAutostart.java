package dev.porthole.desktop.autostart;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Linux desktops: a file of the XDG Autostart specification. */
final class XdgAutostart implements Autostart {
    private final Path file;
    private final String program;

    XdgAutostart(Path file, String program) {
        this.file = file;
        this.program = program;
    }

    static XdgAutostart in(Map<String, String> environment, Path home, String program) {
        String chosen = environment.getOrDefault("XDG_CONFIG_HOME", "");
        // A relative path in the variable is to be ignored (XDG Base Directory Specification).
        Path config = !chosen.isBlank() && Path.of(chosen).isAbsolute() ? Path.of(chosen) : home.resolve(".config");
        return new XdgAutostart(config.resolve("autostart").resolve("dev.porthole.Porthole.desktop"), program);
    }

    @Override
    public boolean isOn() throws IOException {
        // A desktop's own settings turn a file off by one of these, and leave it where it is.
        return Files.exists(file)
                && Files.readAllLines(file).stream()
                        .map(line -> line.replace(" ", ""))
                        .noneMatch(List.of("Hidden=true", "X-GNOME-Autostart-enabled=false")::contains);
    }

    @Override
    public void turnOn(boolean hidden) throws IOException {
        String exec = Autostart.command(program, hidden).stream()
                .map(XdgAutostart::quoted)
                .collect(Collectors.joining(" "));
        OwnFile.write(file, """
                [Desktop Entry]
                Type=Application
                Name=Porthole
                Comment=Shares ports of this computer
                Exec=%s
                Terminal=false
                X-GNOME-Autostart-enabled=true
                """.formatted(exec));
    }

    @Override
    public void turnOff() throws IOException {
        Files.deleteIfExists(file);
    }

    /** Desktop Entry Specification, "The Exec key": quotes, and what stays special inside of them and of a string. */
    private static String quoted(String argument) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int at = 0; at < argument.length(); at++) {
            char letter = argument.charAt(at);
            switch (letter) {
                case '"', '`', '$' -> quoted.append("\\\\").append(letter);
                case '\\' -> quoted.append("\\\\\\\\");
                case '%' -> quoted.append("%%");
                default -> quoted.append(letter);
            }
        }
        return quoted.append('"').toString();
    }
}
