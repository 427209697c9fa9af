package dev.porthole.desktop.autostart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.NodeList;

/** Starting at sign-in, on each system: in a home of the test's own. */
class AutostartTest {
    private static final String PROGRAM = "/opt/port hole/100%/bin/Porthole";

    @TempDir
    private Path home;

    private Map<String, String> before = Map.of();

    private void someoneElsesFiles(String folder) throws IOException {
        Files.createDirectories(home.resolve(folder));
        Files.writeString(home.resolve(folder).resolve("other.desktop"), "[Desktop Entry]\n");
        before = files();
    }

    private Map<String, String> files() throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(home)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                files.put(home.relativize(file).toString(), Files.readString(file));
            }
        }
        return files;
    }

    private Autostart on(String os, String launcherProperty) {
        return Autostart.of(Map.of(), Map.of("os.name", os, "user.home", home.toString(), launcherProperty, PROGRAM))
                .orElseThrow();
    }

    @Test
    void linuxWritesOneDesktopFileAndRemovesItAgain() throws Exception {
        someoneElsesFiles(".config/autostart");
        Autostart autostart = on("Linux", "porthole.launcher");
        assertThat(autostart.isOn()).isFalse();

        autostart.turnOn(true);
        autostart.turnOn(true);

        assertThat(autostart.isOn()).isTrue();
        assertThat(files()).hasSize(before.size() + 1).containsAllEntriesOf(before);
        assertThat(Files.readAllLines(home.resolve(".config/autostart/dev.porthole.Porthole.desktop")))
                .contains(
                        "[Desktop Entry]",
                        "Type=Application",
                        "Exec=\"/opt/port hole/100%%/bin/Porthole\" \"--hidden\"");

        autostart.turnOff();
        autostart.turnOff();
        assertThat(autostart.isOn()).isFalse();
        assertThat(files()).isEqualTo(before);
    }

    @Test
    void linuxHeedsTheFolderOfTheEnvironmentAndWhatTheDesktopTurnedOff() throws Exception {
        Path config = home.resolve("elsewhere");
        Autostart autostart = XdgAutostart.in(Map.of("XDG_CONFIG_HOME", config.toString()), home, PROGRAM);
        autostart.turnOn(false);
        Path file = config.resolve("autostart/dev.porthole.Porthole.desktop");
        assertThat(Files.readString(file)).doesNotContain("--hidden");

        Files.writeString(file, Files.readString(file) + "Hidden=true\n");

        assertThat(autostart.isOn()).isFalse();
    }

    @Test
    void macWritesOneLaunchAgentAndRemovesItAgain() throws Exception {
        someoneElsesFiles("Library/LaunchAgents");
        Autostart autostart = on("Mac OS X", "jpackage.app-path");

        autostart.turnOn(true);

        assertThat(autostart.isOn()).isTrue();
        assertThat(files()).hasSize(before.size() + 1).containsAllEntriesOf(before);
        DocumentBuilderFactory parsers = DocumentBuilderFactory.newInstance();
        parsers.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
        NodeList strings = parsers.newDocumentBuilder()
                .parse(home.resolve("Library/LaunchAgents/dev.porthole.Porthole.plist")
                        .toFile())
                .getElementsByTagName("string");
        assertThat(Stream.of(0, 1, 2).map(at -> strings.item(at).getTextContent()))
                .containsExactly("dev.porthole.Porthole", PROGRAM, "--hidden");

        autostart.turnOff();
        assertThat(files()).isEqualTo(before);
    }

    @Test
    void windowsWritesOneValueOfTheRunKeyAndRemovesItAgain() throws Exception {
        List<String> calls = new ArrayList<>();
        RunKey autostart = new RunKey("C:\\Program Files\\Porthole\\Porthole.exe", arguments -> {
            calls.add(String.join(" ", arguments));
            return 0;
        });

        autostart.turnOn(true);
        autostart.turnOff();

        String key = "HKCU\\Software\\Microsoft\\Windows\\CurrentVersion\\Run /v Porthole";
        assertThat(calls)
                .containsExactly(
                        "add " + key + " /t REG_SZ /d \"C:\\Program Files\\Porthole\\Porthole.exe\" --hidden /f",
                        "query " + key,
                        "delete " + key + " /f");
        assertThat(files()).isEmpty();
    }

    @Test
    void windowsThatRefusesSaysSoAndWhatIsNotThereNeedsNoRemoving() {
        RunKey refused = new RunKey("Porthole.exe", arguments -> 1);

        assertThatThrownBy(() -> refused.turnOn(false)).hasMessageContaining("exit code 1");
        org.assertj.core.api.Assertions.assertThatCode(refused::turnOff).doesNotThrowAnyException();
    }

    @Test
    void programThatNobodyCanStartAgainHasNoSuchSwitch() {
        assertThat(Autostart.of(Map.of(), Map.of("os.name", "Linux", "user.home", home.toString())))
                .isEmpty();
        assertThat(Autostart.of(Map.of(), Map.of("os.name", "Linux", "porthole.launcher", "./porthole")))
                .as("a relative path is of no use at sign-in")
                .isEmpty();
    }
}
