package dev.porthole.core.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.core.Link;
import dev.porthole.core.api.ServerAddress;
import dev.porthole.core.api.TrustedAuthorities;
import dev.porthole.core.proxy.TestCertificates;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificateExaminationTest {
    @TempDir
    Path folder;

    private TestCertificates certificates;
    private TrustedAuthorities trusted;

    @BeforeEach
    void trustTheTestsAuthority() throws Exception {
        certificates = new TestCertificates();
        Path file = folder.resolve("authority.pem");
        Files.write(file, TestCertificates.pem(certificates.authority()));
        trusted = new TrustedAuthorities(file);
    }

    // T-L5
    @Test
    void trustedCertificateIsNamedWithItsIssuerAndItsDays() throws Exception {
        Instant until = Instant.now().plus(Duration.ofDays(20)).plus(Duration.ofHours(1));

        assertThat(look(certificates.issue("localhost", until)))
                .isEqualTo(Answer.of(Reason.CERTIFICATE_TRUSTED, "localhost", "Test authority", 20));
    }

    @Test
    void certificateThatEndsInTwoWeeksIsSaidInTime() throws Exception {
        assertThat(look(certificates.issue("localhost")).reason()).isEqualTo(Reason.CERTIFICATE_ENDS_SOON);
    }

    // T-L5
    @Test
    void expiredCertificateIsSaidToBe() throws Exception {
        assertThat(look(certificates.issue("localhost", Instant.now().minus(Duration.ofDays(2))))
                        .reason())
                .isEqualTo(Reason.CERTIFICATE_EXPIRED);
    }

    @Test
    void certificateThatBeginsLaterPointsAtTheClock() throws Exception {
        assertThat(look(certificates.issue("localhost", Instant.now().plus(Duration.ofDays(60))))
                        .reason())
                .isEqualTo(Reason.CERTIFICATE_TOO_NEW);
    }

    // T-L5
    @Test
    void certificateForAnotherNameIsSaidToBe() throws Exception {
        assertThat(look(certificates.issue("tunnels.acme.dev")))
                .isEqualTo(Answer.of(Reason.CERTIFICATE_OF_ANOTHER, "localhost", "tunnels.acme.dev"));
    }

    // T-L5
    @Test
    void certificateOfAnUnknownAuthorityIsNotTrusted() throws Exception {
        assertThat(look(TestCertificates.selfSigned()).reason()).isEqualTo(Reason.CERTIFICATE_UNTRUSTED);
    }

    @Test
    void plainHttpToThisComputerNeedsNone() throws Exception {
        assertThat(look("http://localhost:8080").reason()).isEqualTo(Reason.CERTIFICATE_NOT_NEEDED);
    }

    @Test
    void serverThatIsDownShowsNone() throws Exception {
        int free;
        try (ServerSocket closed = new ServerSocket(0)) {
            free = closed.getLocalPort();
        }
        assertThat(look("https://localhost:" + free).reason()).isEqualTo(Reason.CERTIFICATE_NOT_SEEN);
    }

    private Answer look(TestCertificates.Identity shown) throws Exception {
        try (ServerSocket listener = shown.listen()) {
            Thread _ = Thread.ofVirtual().start(() -> {
                try (SSLSocket visitor = (SSLSocket) listener.accept()) {
                    visitor.startHandshake();
                } catch (IOException refused) {
                    // The other side's finding is what counts.
                }
            });
            return look("https://localhost:" + listener.getLocalPort());
        }
    }

    private Answer look(String server) throws Exception {
        Patient patient = new Patient(ServerAddress.parse(server), List.of(), new Link.Idle(), true);
        return new CertificateExamination(trusted, InstantSource.system()).look(new Chart(patient));
    }
}
