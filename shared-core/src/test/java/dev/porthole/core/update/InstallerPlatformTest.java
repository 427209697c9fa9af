package dev.porthole.core.update;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InstallerPlatformTest {
    // B-B17
    @ParameterizedTest
    @CsvSource({
        "Linux, amd64, /usr/bin/dpkg, linux-x86_64.deb",
        "Linux, aarch64, /usr/bin/rpm, linux-aarch64.rpm",
        "Mac OS X, aarch64, '', macos-aarch64.dmg",
        "Windows 11, amd64, '', windows-x86_64.msi",
    })
    void installersAreCalledAfterTheSystem(String os, String processor, String there, String name) {
        assertThat(InstallerPlatform.of(os, processor, program -> program.equals(Path.of(there))))
                .contains(name);
    }

    @Test
    void computersWithoutAnInstallerHaveNone() {
        assertThat(InstallerPlatform.of("Linux", "amd64", program -> false)).isEmpty();
        assertThat(InstallerPlatform.of("Linux", "riscv64", program -> true)).isEmpty();
        assertThat(InstallerPlatform.of("SunOS", "amd64", program -> true)).isEmpty();
    }

    @Test
    void installerIsHandedToTheSystemsOwnProgram() {
        Path file = Path.of("/tmp/porthole.deb");
        assertThat(InstallerStart.command("Linux", file)).containsExactly("xdg-open", "/tmp/porthole.deb");
        assertThat(InstallerStart.command("Mac OS X", file)).startsWith("open");
        assertThat(InstallerStart.command("Windows 11", file)).startsWith("msiexec", "/i");
    }
}
