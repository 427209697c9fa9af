package dev.porthole.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The archives that the programs start from: made from a run, and taken by the next one. */
@Tag("tools")
class StartUpArchiveIT {
    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();

    private static final String ARCHIVED_NETTY = "io.netty.channel.AbstractChannel source: shared objects file";

    @TempDir
    private Path folder;

    @Test
    void everyProgramStartsFromTheArchiveThatItsTrainingMade() throws Exception {
        Path jvm = Distribution.OWN.resolve("jvm");
        try (Started training = run(List.of(
                JAVA,
                Distribution.CHECKOUT.resolve("packaging/src/aot/TrainAot.java").toString(),
                JAVA,
                Distribution.OWN.resolve("lib").toString(),
                jvm.toString(),
                folder.toString()))) {
            assertThat(training.exitCode()).isZero();
            assertThat(training.out())
                    .contains("server.aot", "once.aot", "cli.aot", "app.aot")
                    .doesNotContain("WARNING");
        }
        assertThat(taken("server", "dev.porthole.server.Main", "server")).contains(ARCHIVED_NETTY);
        // What carries needs the wire, what asks and ends does not.
        assertThat(taken("cli", "dev.porthole.desktop.cli.Main", "cli")).contains(ARCHIVED_NETTY);
        assertThat(taken("once", "dev.porthole.desktop.cli.Main", "cli", "once"))
                .doesNotContain(ARCHIVED_NETTY)
                .contains("dev.porthole.desktop.cli.TunnelListCommand source: shared objects file");
    }

    /**
     * The classes of a start, and where they came from. "on": with an archive that it can't use, Java ends instead of
     * going on without it.
     */
    private String taken(String program, String main, String... options) throws Exception {
        Path jvm = Distribution.OWN.resolve("jvm");
        List<String> command = new ArrayList<>(List.of(
                JAVA, "-XX:AOTMode=on", "-XX:AOTCache=" + folder.resolve(program + ".aot"), "-Xlog:class+load"));
        for (String file : options) {
            command.add("@" + jvm.resolve(file + ".options"));
        }
        command.addAll(List.of("-cp", sortedJars(), main, "--version"));
        try (Started started = run(command)) {
            assertThat(started.exitCode()).describedAs(started.err()).isZero();
            return started.out();
        }
    }

    /** Java 6 wrote the types at each jump down; what is older is in no archive (JDK 25). */
    @Test
    void commandsLibraryIsInAFormThatArchivesTake() throws Exception {
        try (Stream<Path> jars = Files.list(Distribution.OWN.resolve("lib"))) {
            Path picocli = jars.filter(jar -> jar.getFileName().toString().startsWith("picocli-"))
                    .findFirst()
                    .orElseThrow();
            try (ZipFile zip = new ZipFile(picocli.toFile())) {
                assertThat(zip.getEntry("META-INF/CHANGES.porthole")).isNotNull();
                List<? extends ZipEntry> classes = zip.stream()
                        .filter(entry -> entry.getName().endsWith(".class"))
                        .toList();
                assertThat(classes).hasSizeGreaterThan(200);
                for (ZipEntry entry : classes) {
                    try (DataInputStream content = new DataInputStream(zip.getInputStream(entry))) {
                        content.skipBytes(6);
                        assertThat(content.readUnsignedShort())
                                .as(entry.getName())
                                .isGreaterThanOrEqualTo(50);
                    }
                }
            }
        }
    }

    @Test
    void archiveOfOlderJarsIsNotUsed() throws Exception {
        Path lib = Files.createDirectories(folder.resolve("dist/lib"));
        Path aot = Files.createDirectories(folder.resolve("dist/aot"));
        Path jar = Files.createFile(lib.resolve("server.jar"));
        Path ours = Files.createFile(lib.resolve("porthole-server.jar"));
        Path archive = Files.createFile(aot.resolve("server.aot"));
        Instant built = Instant.parse("2026-11-28T10:00:00Z");
        Files.setLastModifiedTime(jar, FileTime.from(built));
        Files.setLastModifiedTime(ours, FileTime.from(built));

        Files.setLastModifiedTime(archive, FileTime.from(built.plusSeconds(60)));
        assertThat(dispatched("server --data-dir data"))
                .contains("-XX:AOTCache=" + archive, "-cp " + ours + ":" + jar + " ");
        Files.setLastModifiedTime(archive, FileTime.from(built.minusSeconds(60)));
        assertThat(dispatched("server --data-dir data"))
                .contains("dev.porthole.server.Main")
                .doesNotContain("AOTCache");
    }

    @Test
    void whatAsksAndEndsHasAnArchiveOfItsOwn() throws Exception {
        Path lib = Files.createDirectories(folder.resolve("dist/lib"));
        Path aot = Files.createDirectories(folder.resolve("dist/aot"));
        Path jar = Files.createFile(lib.resolve("porthole-desktop-app.jar"));
        Files.setLastModifiedTime(jar, FileTime.from(Instant.parse("2026-11-28T10:00:00Z")));
        for (String program : List.of("once", "cli")) {
            Files.createFile(aot.resolve(program + ".aot"));
        }
        assertThat(dispatched("tunnel list --output json")).contains("/once.aot", "/cli.options", "/once.options");
        for (String carries : List.of("tunnel listen --endpoint 3000", "share 3000", "up", "agent")) {
            assertThat(dispatched(carries)).contains("/cli.aot", "/cli.options").doesNotContain("once", "HugePages");
        }
    }

    /**
     * With an option that the kernel does not follow, Java complains on standard output, where a program reads JSON.
     */
    @Test
    void memoryIsAskedForInLargePiecesOnlyWhereTheKernelGivesThem() throws Exception {
        Path modes = folder.resolve("enabled");
        for (String gives : List.of("[always] madvise never", "always [madvise] never")) {
            Files.writeString(modes, gives + "\n");
            assertThat(dispatched("porthole_pages=" + modes, "tunnel list")).contains("UseTransparentHugePages");
        }
        Files.writeString(modes, "always madvise [never]\n");
        assertThat(dispatched("porthole_pages=" + modes, "tunnel list")).doesNotContain("HugePages");
        Files.delete(modes);
        assertThat(dispatched("porthole_pages=" + modes, "tunnel list")).doesNotContain("HugePages");
    }

    private String dispatched(String words) throws Exception {
        return dispatched(":", words);
    }

    /** What the launcher would have become, with an echo for a Java. */
    private String dispatched(String before, String words) throws Exception {
        String dist = folder.resolve("dist").toString();
        String script = "java=echo dist=" + dist + " jars=" + dist + "/lib launcher=porthole; . "
                + Distribution.CHECKOUT.resolve("packaging/src/jvm/dispatch.sh")
                + "; " + before + "; porthole_dispatch " + words;
        try (Started launcher = run(List.of("sh", "-c", script))) {
            assertThat(launcher.exitCode()).describedAs(launcher.err()).isZero();
            return launcher.out();
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
                    .sorted(Comparator.comparing((String name) -> !name.contains("/porthole-"))
                            .thenComparing(Comparator.naturalOrder()))
                    .collect(Collectors.joining(":"));
        }
    }
}
