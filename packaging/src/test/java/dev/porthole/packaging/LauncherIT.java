package dev.porthole.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher of a checkout: what it starts, when it builds, and what it says when it can't. */
@Tag("tools")
class LauncherIT {
    private static final Path CHECKOUT = Distribution.CHECKOUT;

    @TempDir
    private Path folder;

    private final Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void takeTheDistributionOfThisBuild() {
        environment.put("PORTHOLE_HOME", folder.resolve("home").toString());
        environment.put(
                "PORTHOLE_DIST", CHECKOUT.resolve("packaging/target/dist").toString());
    }

    private Started launch(Path checkout, String... arguments) throws IOException {
        return Started.command(
                folder,
                environment,
                Stream.concat(Stream.of(checkout.resolve("porthole").toString()), Stream.of(arguments))
                        .toList());
    }

    @Test
    void versionComesFromTheBuiltProgram() throws Exception {
        try (Started version = launch(CHECKOUT, "--version")) {
            assertThat(version.exitCode()).isZero();
            assertThat(version.out()).matches("porthole \\d+\\.\\d+\\.\\d+\\S*");
            assertThat(version.err()).isEmpty();
        }
    }

    @Test // B-B10
    void exitCodeIsTheProgramsOwn() throws Exception {
        try (Started share = launch(CHECKOUT, "share", "localhost:70000")) {
            assertThat(share.exitCode()).isEqualTo(2);
            assertThat(share.err().lines()).hasSize(1);
        }
    }

    @Test
    void withoutADisplayItSaysSoAndWhatToDo() throws Exception {
        environment.put("DISPLAY", "");
        environment.put("WAYLAND_DISPLAY", "");
        try (Started app = launch(CHECKOUT)) {
            assertThat(app.exitCode()).isEqualTo(1);
            assertThat(app.err()).contains("there is no display", "porthole share 3000");
        }
    }

    @Test
    void withoutAJdkItSaysWhatItNeeds() throws Exception {
        environment.put("PORTHOLE_JAVA_HOME", folder.resolve("nowhere").toString());
        try (Started app = launch(CHECKOUT, "--version")) {
            assertThat(app.exitCode()).isEqualTo(1);
            assertThat(app.err()).contains("nowhere (expected: the folder of a JDK 25 or later)");
        }
    }

    @Test
    void firstArgumentPicksTheProgram() throws Exception {
        environment.put("PORTHOLE_JAVA_HOME", jdkThatPrintsItsArguments().toString());
        environment.put("DISPLAY", ":7");
        assertThat(lastArguments("server", "--port", "0")).endsWith("dev.porthole.server.Main --port 0");
        assertThat(lastArguments("share", "3000")).endsWith("dev.porthole.desktop.cli.Main share 3000");
        assertThat(lastArguments("open", "porthole://share?port=3000"))
                .endsWith("dev.porthole.desktop.app.Main open porthole://share?port=3000")
                .contains("-Dporthole.launcher=" + CHECKOUT.resolve("porthole"));
        assertThat(lastArguments("--hidden")).endsWith("dev.porthole.desktop.app.Main --hidden");
        assertThat(lastArguments("tunnel", "list", "--label", "two words"))
                .endsWith("dev.porthole.desktop.cli.Main tunnel list --label two words");
    }

    @Test
    void versionNeedsOneJarAndACommandThatEndsOneCompiler() throws Exception {
        environment.put("PORTHOLE_JAVA_HOME", jdkThatPrintsItsArguments().toString());
        assertThat(lastArguments("--version"))
                .matches(
                        "@\\S+/once\\.options -cp [^: ]+/porthole-desktop-app-[^:/ ]+\\.jar dev\\.porthole\\.desktop\\.ProductVersion");
        assertThat(List.of("tunnel list", "auth status", "config get server", "--help", "version"))
                .allSatisfy(words ->
                        assertThat(lastArguments(words.split(" "))).contains("/cli.options @", "/once.options "));
        // An option in front, or a command that goes on, gets both compilers.
        assertThat(List.of(
                        "tunnel listen --endpoint 3000",
                        "--server x tunnel list",
                        "share 3000",
                        "up",
                        "agent",
                        "server"))
                .allSatisfy(words -> assertThat(lastArguments(words.split(" "))).doesNotContain("once.options"));
    }

    @Test
    void buildsOnceAndAgainWhenASourceHasChanged() throws Exception {
        Path checkout = checkoutWithABuildThat("mkdir -p packaging/target/dist/jvm && "
                + "echo 'porthole_dispatch() { echo started; }' >packaging/target/dist/jvm/dispatch.sh && "
                + "touch packaging/target/dist/stamp && echo built >>built");
        assertThat(started(checkout)).isEqualTo("started");
        assertThat(started(checkout)).isEqualTo("started");
        assertThat(checkout.resolve("built")).hasContent("built");

        // A second after the stamp: file systems differ in how finely they tell the time.
        Files.setLastModifiedTime(
                checkout.resolve("server/src/main/Changed.java"),
                FileTime.from(Instant.now().plusSeconds(1)));
        assertThat(started(checkout)).isEqualTo("started");
        assertThat(Files.readAllLines(checkout.resolve("built"))).hasSize(2);
    }

    @Test
    void failedBuildShowsItsLogAndWhatIsWrong() throws Exception {
        Path checkout =
                checkoutWithABuildThat("echo '[ERROR] /x/Foo.java:[1,2] cannot find symbol'; echo noise; exit 1");
        environment.remove("PORTHOLE_DIST");
        try (Started launcher = launch(checkout, "--version")) {
            assertThat(launcher.exitCode()).isEqualTo(1);
            assertThat(launcher.err())
                    .contains("target/launcher-build.log", "Foo.java:[1,2] cannot find symbol")
                    .doesNotContain("noise");
        }
    }

    @Test
    void installedAppHasTheOptionsOfTheLaunchers() throws IOException {
        List<String> options = Files.readAllLines(CHECKOUT.resolve("packaging/src/jvm/app.options")).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .toList();
        Matcher option = Pattern.compile("<javaOption>(.*?)</javaOption>")
                .matcher(Files.readString(CHECKOUT.resolve("packaging/pom.xml")));
        List<String> installed = option.results()
                .map(found -> found.group(1))
                .filter(found -> !found.startsWith("-Dporthole.") && !found.startsWith("--add-modules"))
                .toList();
        assertThat(installed).isEqualTo(options).isNotEmpty();
    }

    // T-L2
    @Test
    void menuEntryTakesLinksAndHandsThemToTheAppAlone() throws IOException {
        List<String> entry = Files.readAllLines(CHECKOUT.resolve("packaging/src/linux/Porthole.desktop"));
        assertThat(entry).contains("Exec=/opt/porthole/lib/jvm/porthole %u", "MimeType=x-scheme-handler/porthole;");
    }

    private String started(Path checkout) throws Exception {
        environment.remove("PORTHOLE_DIST");
        try (Started launcher = launch(checkout, "--version")) {
            assertThat(launcher.exitCode()).describedAs(launcher.err()).isZero();
            return launcher.out();
        }
    }

    private String lastArguments(String... arguments) throws Exception {
        try (Started launcher = launch(CHECKOUT, arguments)) {
            assertThat(launcher.exitCode()).isZero();
            return launcher.out();
        }
    }

    private Path jdkThatPrintsItsArguments() throws IOException {
        Path jdk = folder.resolve("jdk");
        script(jdk.resolve("bin/java"), "echo \"$@\"");
        script(jdk.resolve("bin/javac"), "exit 1");
        Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"25.0.1\"\n");
        return jdk;
    }

    /** The real launcher beside a build of the test's own. */
    private Path checkoutWithABuildThat(String commands) throws IOException {
        Path checkout = folder.resolve("checkout");
        Files.createDirectories(checkout.resolve(".mvn"));
        Files.createDirectories(checkout.resolve("server/src/main"));
        Files.writeString(checkout.resolve("pom.xml"), "<project/>");
        Files.writeString(checkout.resolve("server/src/main/Changed.java"), "class Changed {}");
        Files.copy(CHECKOUT.resolve(".mvn/find-jdk.sh"), checkout.resolve(".mvn/find-jdk.sh"));
        Files.copy(CHECKOUT.resolve("porthole"), checkout.resolve("porthole"));
        script(checkout.resolve("mvnw"), "cd \"$(dirname \"$0\")\" && { " + commands + "; }");
        return checkout;
    }

    private static void script(Path file, String commands) throws IOException {
        Files.createDirectories(file.resolveSibling("."));
        Files.writeString(file, "#!/bin/sh\n" + commands + "\n", StandardCharsets.UTF_8);
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }
}
