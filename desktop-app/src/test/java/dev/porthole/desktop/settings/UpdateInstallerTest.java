package dev.porthole.desktop.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UpdateInstallerTest {
    @ParameterizedTest // B-B17
    @CsvSource({
        "/opt/porthole/lib/runtime, true",
        "/Applications/Porthole.app/Contents/runtime/Contents/Home, true",
        "/home/runtimes/jdk-25, false",
        "/usr/lib/jvm/java-25-runtime, false"
    })
    void javaInAFolderOfThatNameIsAnImages(Path javaHome, boolean image) {
        assertThat(UpdateInstaller.isOfAnImage(javaHome)).isEqualTo(image);
    }
}
