package dev.porthole.core.tunnel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who carries what, among the processes of a home; two of them stand in one process here. */
class CarryingTest {
    @TempDir
    private Path folder;

    @Test // B-B2
    void whatOneCarriesTheOtherSeesUntilItEnds() {
        try (Carrying app = new Carrying(folder.resolve("carrying"));
                Carrying command = new Carrying(folder.resolve("carrying"))) {
            assertThat(command.elsewhere("tun_1")).isFalse();
            app.begin("tun_1");
            assertThat(command.elsewhere("tun_1")).isTrue();
            assertThat(command.elsewhere("tun_2")).isFalse();
            assertThat(app.elsewhere("tun_1")).as("its own is not another's").isFalse();
            assertThat(command.mayBeElsewhere()).isTrue();
            assertThat(app.mayBeElsewhere()).isFalse();

            command.begin("tun_1");
            assertThat(app.elsewhere("tun_1")).isTrue();
            app.end("tun_1");
            assertThat(command.elsewhere("tun_1")).isFalse();
            assertThat(app.elsewhere("tun_1")).isTrue();
        }
    }

    @Test // B-B2
    void fileOfADeadProcessCountsForNothingAndIsSweptUp() throws Exception {
        Path dead = Files.createFile(
                Files.createDirectories(folder.resolve("carrying")).resolve("tun_1.dead"));
        try (Carrying carrying = new Carrying(folder.resolve("carrying"))) {
            assertThat(carrying.elsewhere("tun_1")).isFalse();
            assertThat(dead).doesNotExist();
        }
    }

    @Test
    void nothingIsLeftInTheEnd() throws Exception {
        Carrying carrying = new Carrying(folder.resolve("carrying"));
        carrying.begin("tun_1");
        carrying.begin("tun_1");
        carrying.close();
        assertThat(folder.resolve("carrying")).isEmptyDirectory();
    }
}
