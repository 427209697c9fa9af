package dev.porthole.server.edge.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificatesTest {
    /** Nobody looks by itself before the test is over. */
    private static final Duration NEVER = Duration.ofDays(1);

    @TempDir
    Path folder;

    private final KeyPair authorityKey = Issuing.newKey();

    // B-D15
    @Test
    void changedFilesAreServedWithoutARestart() throws Exception {
        KeyPair first = Issuing.newKey();
        write(first, first, "a.example");
        try (FileCertificates files = FileCertificates.open(certificate(), key(), NEVER)) {
            assertThat(files.forName(null).leaf().getPublicKey()).isEqualTo(first.getPublic());
            KeyPair second = Issuing.newKey();
            write(second, second, "b.example.org");
            files.look();
            assertThat(files.forName("b.example.org").leaf().getPublicKey()).isEqualTo(second.getPublic());
        }
    }

    // B-D15
    @Test
    void brokenFilesKeepTheOldCertificate() throws Exception {
        KeyPair good = Issuing.newKey();
        write(good, good, "a.example");
        try (FileCertificates files = FileCertificates.open(certificate(), key(), NEVER)) {
            Files.writeString(certificate(), "-----BEGIN CERTIFICATE-----\nnonsense\n");
            files.look();
            assertThat(files.forName(null).leaf().getPublicKey()).isEqualTo(good.getPublic());
            Files.delete(key());
            files.look();
            assertThat(files.forName(null).leaf().getPublicKey()).isEqualTo(good.getPublic());
            KeyPair another = Issuing.newKey();
            write(another, Issuing.newKey(), "mixed.example");
            files.look();
            assertThat(files.forName(null).leaf().getPublicKey())
                    .as("certificate and key of two pairs")
                    .isEqualTo(good.getPublic());
            write(another, another, "again.example.com");
            files.look();
            assertThat(files.forName(null).leaf().getPublicKey()).isEqualTo(another.getPublic());
        }
    }

    // B-D15
    @Test
    void watchingNoticesByItself() throws Exception {
        KeyPair first = Issuing.newKey();
        write(first, first, "a.example");
        try (FileCertificates files = FileCertificates.open(certificate(), key(), Duration.ofMillis(10))) {
            KeyPair second = Issuing.newKey();
            write(second, second, "b.example.org");
            long limit = System.nanoTime() + Duration.ofSeconds(20).toNanos();
            while (!files.forName(null).leaf().getPublicKey().equals(second.getPublic())) {
                assertThat(System.nanoTime()).isLessThan(limit);
                Thread.onSpinWait();
            }
        }
    }

    // T-R7
    @Test
    void unusableFilesAtTheStartSayWhich() throws Exception {
        assertThatThrownBy(() -> FileCertificates.open(certificate(), key(), NEVER))
                .isInstanceOf(UnusableCertificateException.class)
                .hasMessageContaining("key.pem: can't be read: no such file");
        KeyPair pair = Issuing.newKey();
        write(pair, Issuing.newKey(), "a.example");
        assertThatThrownBy(() -> FileCertificates.open(certificate(), key(), NEVER))
                .hasMessageContaining("cert.pem")
                .hasMessageContaining("do not belong together");
        Files.writeString(key(), "no key");
        assertThatThrownBy(() -> FileCertificates.open(certificate(), key(), NEVER))
                .hasMessageContaining("key.pem: no private key (expected: PEM");
    }

    // T-L3
    @Test
    void authorityLastsAndItsKeyIsItsOwners() throws Exception {
        X509Certificate made = LocalAuthority.in(folder, Set.of("localhost"), "t.example.com", Clock.systemUTC())
                .certificate();
        X509Certificate found = LocalAuthority.in(folder, Set.of("localhost"), "t.example.com", Clock.systemUTC())
                .certificate();
        assertThat(found).isEqualTo(made);
        assertThat(mode("local-ca.pem")).isEqualTo("rw-r--r--");
        assertThat(mode("local-ca.key")).isEqualTo("rw-------");
        assertThat(folder.toFile().list()).containsExactlyInAnyOrder("local-ca.pem", "local-ca.key");
    }

    // B-D15
    @Test
    void authorityCoversTheServersNamesAndTheTunnelDomain() throws Exception {
        LocalAuthority wide = LocalAuthority.in(
                folder, Set.of("porthole.example.com", "127.0.0.1", "[::1]"), "t.example.com", Clock.systemUTC());
        assertThat(names(wide.forName("app.t.example.com").leaf()))
                .containsExactlyInAnyOrder(
                        "porthole.example.com", "127.0.0.1", "0:0:0:0:0:0:0:1", "t.example.com", "*.t.example.com");
        LocalAuthority local =
                LocalAuthority.in(folder, Set.of("localhost", "porthole.localhost"), "localhost", Clock.systemUTC());
        assertThat(names(local.forName("app.localhost").leaf())).containsExactly("app.localhost");
        assertThat(names(local.forName("porthole.localhost").leaf())).contains("localhost", "porthole.localhost");
        assertThat(names(local.forName("a.b.localhost").leaf())).contains("localhost");
        assertThat(local.forName("app.localhost")).isSameAs(local.forName("app.localhost"));
    }

    // B-D15
    @Test
    void certificatesAreRenewedBeforeTheirEnd() throws Exception {
        Instant[] now = {Instant.parse("2026-01-01T00:00:00Z")};
        Clock clock = new Clock() {
            @Override
            public java.time.ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(java.time.ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return now[0];
            }
        };
        LocalAuthority authority = LocalAuthority.in(folder, Set.of("localhost"), "t.example.com", clock);
        X509Certificate first = authority.forName(null).leaf();
        now[0] = now[0].plus(Duration.ofDays(59));
        assertThat(authority.forName(null).leaf()).isEqualTo(first);
        now[0] = now[0].plus(Duration.ofDays(2));
        X509Certificate second = authority.forName(null).leaf();
        assertThat(second.getNotAfter()).isAfter(first.getNotAfter());
        second.verify(authority.certificate().getPublicKey());
    }

    private static List<String> names(X509Certificate leaf) throws Exception {
        return leaf.getSubjectAlternativeNames().stream()
                .map(entry -> String.valueOf(entry.get(1)))
                .toList();
    }

    private String mode(String file) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(file)));
    }

    private Path certificate() {
        return folder.resolve("cert.pem");
    }

    private Path key() {
        return folder.resolve("key.pem");
    }

    private void write(KeyPair certified, KeyPair kept, String name) throws Exception {
        Instant now = InstantSource.system().instant();
        X509Certificate authority = Issuing.authority(authorityKey, now);
        X509Certificate leaf = Issuing.leaf(
                authority, authorityKey.getPrivate(), certified.getPublic(), List.of(name), now, now.plus(NEVER));
        put(certificate(), PemFiles.text(leaf) + PemFiles.text(authority));
        put(key(), PemFiles.text(kept.getPrivate()));
    }

    /** As certificate tools do it. */
    private void put(Path file, String text) throws Exception {
        Path fresh = Files.writeString(folder.resolve("fresh"), text);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
