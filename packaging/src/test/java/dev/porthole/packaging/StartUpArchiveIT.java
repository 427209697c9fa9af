package dev.porthole.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The archive that the server starts from: made from a run, and taken by the next one. */
@Tag("tools")
class StartUpArchiveIT {
    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();

    @TempDir
    private Path folder;

    @Test
    void serverStartsFromTheArchiveThatItsTrainingMade() throws Exception {
        Path jvm = Distribution.OWN.resolve("jvm");
        try (Started training = run(List.of(
                JAVA,
                Distribution.CHECKOUT.resolve("packaging/src/aot/TrainAot.java").toString(),
                JAVA,
                Distribution.OWN.resolve("lib").toString(),
                jvm.toString(),
                folder.toString()))) {
            assertThat(training.exitCode()).isZero();
            assertThat(training.out()).contains("server.aot").doesNotContain("WARNING");
        }
        // "on": with an archive that it can't use, Java ends instead of going on without it.
        try (Started server = run(List.of(
                JAVA,
                "-XX:AOTMode=on",
                "-XX:AOTCache=" + folder.resolve("server.aot"),
                "@" + jvm.resolve("server.options"),
                "-cp",
                sortedJars(),
                "dev.porthole.server.Main",
                "--version"))) {
            assertThat(server.exitCode()).describedAs(server.err()).isZero();
        }
    }

    private Started run(List<String> command) throws Exception {
        return Started.command(folder, Map.of("JDK_JAVA_OPTIONS", ""), command);
    }

    /** As packaging/src/jvm/dispatch.sh lists them. */
    private static String sortedJars() throws Exception {
        try (Stream<Path> jars = Files.list(Distribution.OWN.resolve("lib"))) {
            return jars.map(Path::toString)
                    .filter(name -> name.endsWith(".jar"))
                    .sorted()
                    .collect(Collectors.joining(":"));
        }
    }
}
