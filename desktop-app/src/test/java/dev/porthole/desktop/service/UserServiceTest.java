package dev.porthole.desktop.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

/** The files that make a service of the agent, and what their managers are told. */
class UserServiceTest {
    private static final String ODD = "/home/ada/50% \"of\" $HOME & <more>";

    @TempDir
    private Path folder;

    private final List<String> ran = new ArrayList<>();

    private Programs.Result fine(List<String> command) {
        ran.add(String.join(" ", command));
        return new Programs.Result(0, "");
    }

    private static AgentService service(String place) {
        return new AgentService(
                place + "/porthole",
                "https://porthole.example.com",
                Path.of(place, "agent-credential"),
                Path.of(place),
                Path.of(place, "agent.log"),
                List.of("localhost:3000", "[::1]:4000"),
                8081);
    }

    private UserService of(String os, Programs programs) {
        return UserService.of(
                Map.of("XDG_CONFIG_HOME", folder.resolve("config").toString()),
                os,
                folder.resolve("home"),
                folder.resolve("state"),
                programs);
    }

    private static Document xml(String text) throws Exception {
        DocumentBuilderFactory parsers = DocumentBuilderFactory.newInstance();
        // Apple's document type is not fetched.
        parsers.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
        return parsers.newDocumentBuilder().parse(new InputSource(new StringReader(text)));
    }

    private static String at(Document document, String path) throws Exception {
        return XPathFactory.newInstance().newXPath().evaluate(path, document);
    }

    @Test // B-C1
    void systemdsUnitIsWrittenAndStarted() throws Exception {
        UserService systemd = of("Linux", this::fine);
        UserService.Installed installed = systemd.install(service("/home/ada"));
        assertThat(systemd.file()).isEqualTo(folder.resolve("config/systemd/user/porthole-agent.service"));
        assertThat(installed.written()).containsExactly(systemd.file());
        assertThat(installed.running()).isTrue();
        assertThat(installed.next()).contains("Its log: journalctl --user --unit porthole-agent.service --follow");
        assertThat(ran)
                .containsExactly(
                        "systemctl --user show-environment",
                        "systemctl --user daemon-reload",
                        "systemctl --user enable porthole-agent.service",
                        "systemctl --user restart porthole-agent.service");
        assertThat(Files.readString(systemd.file()))
                .contains(
                        "Type=notify\n",
                        "WatchdogSec=60\n",
                        "ExecStart=/home/ada/porthole agent --server https://porthole.example.com --token-file"
                                + " /home/ada/agent-credential --health-port 8081 --allow localhost:3000 \"[::1]:4000\"\n",
                        "Environment=PORTHOLE_HOME=/home/ada\n");
    }

    @Test
    void withoutSystemdTheUnitIsThereAndItSaysWhatToRun() throws Exception {
        UserService systemd = of("Linux", _ -> new Programs.Result(1, "Failed to connect to bus: No medium found"));
        UserService.Installed installed = systemd.install(service("/home/ada"));
        assertThat(installed.running()).isFalse();
        assertThat(installed.detail())
                .isEqualTo("systemd does not run for this user (Failed to connect to bus: No medium found)");
        assertThat(systemd.file()).exists();
        assertThat(installed.next())
                .anyMatch(line -> line.contains("systemctl --user enable --now porthole-agent.service"))
                .anyMatch(line -> line.contains("/home/ada/porthole agent --server https://porthole.example.com"));
        UserService missing = of("Linux", _ -> {
            throw new IOException("Cannot run program \"systemctl\"");
        });
        assertThat(missing.status().running()).isFalse();
        assertThat(missing.uninstall()).contains("there is no systemd here");
        assertThat(systemd.file()).doesNotExist();
    }

    @Test
    void statusIsSystemdsOwn() throws Exception {
        UserService systemd = of(
                "Linux",
                command -> new Programs.Result(
                        0,
                        command.contains("show")
                                ? "ActiveState=active\nSubState=running\nStatusText=connected; 2 tunnels"
                                : ""));
        assertThat(systemd.status().installed()).isFalse();
        systemd.install(service("/home/ada"));
        assertThat(systemd.status())
                .isEqualTo(new UserService.Status(true, true, "active (running): connected; 2 tunnels"));
    }

    @Test
    @Tag("tools")
    void systemdTakesTheUnitWhateverItsPaths() throws Exception {
        Path odd = Files.createDirectories(folder.resolve("50% of $HOME"));
        Path program = Files.createFile(
                odd.resolve("porthole"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Path unit = Files.writeString(
                folder.resolve("porthole-agent.service"), SystemdService.unit(service(odd.toString())));
        assertThat(program).exists();
        ProcessBuilder builder =
                new ProcessBuilder("systemd-analyze", "verify", "--user", unit.toString()).redirectErrorStream(true);
        builder.environment().put("XDG_RUNTIME_DIR", folder.toString());
        Process verify = builder.start();
        String output = new String(verify.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(verify.waitFor()).as(output).isZero();
        assertThat(output).isEmpty();
    }

    @Test
    void launchdsPropertyListIsWrittenAndStarted() throws Exception {
        UserService launchd = of("Mac OS X", command -> {
            ran.add(String.join(" ", command));
            return new Programs.Result(0, command.getFirst().equals("id") ? "501" : "state = running");
        });
        UserService.Installed installed = launchd.install(service(ODD));
        assertThat(installed.running()).isTrue();
        assertThat(ran)
                .contains(
                        "launchctl bootout gui/501/dev.porthole.agent",
                        "launchctl bootstrap gui/501 " + launchd.file());
        Document plist = xml(Files.readString(launchd.file()));
        assertThat(at(plist, "/plist/dict/key[.='Label']/following-sibling::string[1]"))
                .isEqualTo("dev.porthole.agent");
        assertThat(at(plist, "/plist/dict/key[.='ProgramArguments']/following-sibling::array[1]/string[1]"))
                .isEqualTo(ODD + "/porthole");
        assertThat(at(plist, "count(//array/string)")).isEqualTo("11");
        assertThat(at(plist, "//key[.='PORTHOLE_HOME']/following-sibling::string[1]"))
                .isEqualTo(ODD);
        assertThat(at(plist, "name(//key[.='RunAtLoad']/following-sibling::*[1])"))
                .isEqualTo("true");
        assertThat(launchd.status().running()).isTrue();
        assertThat(launchd.uninstall()).isEmpty();
        assertThat(launchd.file()).doesNotExist();
    }

    @Test
    void windowsTaskIsWrittenAndStarted() throws Exception {
        UserService task = of("Windows 11", this::fine);
        UserService.Installed installed = task.install(service("C:/Users/Ada & Co"));
        assertThat(installed.running()).isTrue();
        assertThat(ran)
                .containsExactly(
                        "schtasks /Create /TN Porthole agent /XML " + task.file() + " /F",
                        "schtasks /Run /TN Porthole agent");
        byte[] bytes = Files.readAllBytes(task.file());
        assertThat(bytes).startsWith(0xff, 0xfe);
        Document written = xml(new String(bytes, 2, bytes.length - 2, StandardCharsets.UTF_16LE));
        assertThat(at(written, "//*[local-name()='Command']")).isEqualTo("cmd.exe");
        assertThat(at(written, "//*[local-name()='Arguments']"))
                .isEqualTo(
                        "/d /s /c \"set \"PORTHOLE_HOME=C:/Users/Ada & Co\" && \"C:/Users/Ada & Co/porthole\" agent"
                                + " --server https://porthole.example.com --token-file \"C:/Users/Ada & Co/agent-credential\""
                                + " --health-port 8081 --allow localhost:3000 \"[::1]:4000\" 2>> \"C:/Users/Ada & Co/agent.log\"\"");
        assertThat(at(written, "count(//*[local-name()='LogonTrigger'])")).isEqualTo("1");
        assertThat(task.uninstall()).isEmpty();
        assertThat(ran).contains("schtasks /Delete /TN Porthole agent /F");
    }
}
