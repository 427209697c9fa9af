package dev.porthole.core.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real Secret Service: gnome-keyring-daemon on a session bus of the test's own. */
@Tag("tools")
class KeychainSecretStoreTest {
    // Before what the process on the bus has to say; the rest is its log.
    private static final String SAYS = "says: ";

    @TempDir
    Path folder;

    // DESIGN, State on disk
    @Test
    void secretsGoInAndOutOfTheSecretService() throws Exception {
        assertThat(onItsOwnBus("printf secret | gnome-keyring-daemon --unlock --components=secrets >/dev/null; exec "))
                .containsExactly(
                        "works true",
                        "absent true",
                        "read two words \u00fc",
                        "other device sees false",
                        "after deletion false");
    }

    private List<String> onItsOwnBus(String before) throws IOException, InterruptedException {
        Path out = folder.resolve("out.txt");
        // The class path is as long as a command may be: it travels in a file (java's own @argfiles).
        Path arguments = Files.writeString(
                folder.resolve("java.args"),
                "-cp \"" + System.getProperty("java.class.path").replace("\\", "\\\\") + "\"\n"
                        + "-Dfile.encoding=UTF-8 -Dstdout.encoding=UTF-8\n"
                        + Program.class.getName() + "\n");
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        ProcessBuilder bus = new ProcessBuilder(
                "dbus-run-session", "--", "sh", "-c", before + "'" + java + "' '@" + arguments + "'");
        // A home of its own: nothing of it reaches the person's keyrings.
        bus.environment().put("HOME", folder.toString());
        bus.environment().put("XDG_DATA_HOME", folder.resolve("data").toString());
        bus.environment()
                .put(
                        "XDG_RUNTIME_DIR",
                        Files.createDirectories(folder.resolve("run")).toString());
        bus.environment().remove("DBUS_SESSION_BUS_ADDRESS");
        bus.redirectOutput(out.toFile());
        bus.redirectError(folder.resolve("err.txt").toFile());
        Process process = bus.start();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("no end: " + Files.readString(folder.resolve("err.txt")));
        }
        List<String> lines = Files.readAllLines(out, StandardCharsets.UTF_8).stream()
                .filter(line -> line.startsWith(SAYS))
                .map(line -> line.substring(SAYS.length()))
                .toList();
        assertThat(process.exitValue())
                .as(Files.readString(folder.resolve("err.txt")))
                .isZero();
        return lines;
    }

    /** Runs on the bus. */
    static final class Program {
        private Program() {}

        public static void main(String[] args) throws IOException {
            run();
            // The bus's own threads would keep this process.
            System.exit(0);
        }

        @SuppressWarnings("SystemOut") // The test reads what this process prints.
        private static void run() throws IOException {
            KeychainSecretStore store;
            try {
                store = KeychainSecretStore.open("dev_1", Duration.ofSeconds(20));
            } catch (IOException none) {
                System.out.println(SAYS + "none: " + none.getMessage());
                return;
            }
            if (!store.works(Duration.ofSeconds(20))) {
                System.out.println(SAYS + "none: it does not work");
                return;
            }
            System.out.println(SAYS + "works true");
            System.out.println(SAYS + "absent " + store.read("tokens").isEmpty());
            store.write("tokens", "one");
            store.write("tokens", "two words \u00fc");
            System.out.println(SAYS + "read " + store.read("tokens").orElse(""));
            KeychainSecretStore other = KeychainSecretStore.open("dev_2", Duration.ofSeconds(20));
            System.out.println(
                    SAYS + "other device sees " + other.read("tokens").isPresent());
            store.delete("tokens");
            store.delete("tokens");
            System.out.println(SAYS + "after deletion " + store.read("tokens").isPresent());
        }
    }
}
