package dev.porthole.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupTest {
    @TempDir
    Path temporary;

    private Path data;
    private Path file;

    @BeforeEach
    void folders() throws IOException {
        data = Files.createDirectory(temporary.resolve("data"));
        file = temporary.resolve("backup.zip");
        SecretBox.in(data);
    }

    private static void user(Handle handle, String id) {
        handle.execute(
                "INSERT INTO users (id, provider, provider_subject, name, administrator, active, created_at)"
                        + " VALUES (?, 'local', ?, 'Ada', ?, ?, 0)",
                id,
                id,
                false,
                true);
    }

    private static long users(Path folder) {
        try (Store store = Store.open(folder)) {
            return store.read(handle -> store.users().count(handle));
        }
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    private void backUp() {
        try (Store store = Store.open(data)) {
            store.writeOnly(handle -> user(handle, "usr_1"));
            assertThat(Backup.ofRunning(store, data, file)).isTrue();
            store.writeOnly(handle -> user(handle, "usr_2"));
        }
    }

    @Test
    void backupOfARunningStoreIsOneFileThatOnlyItsOwnerReads() throws Exception { // T-R1
        backUp();
        assertThat(names(temporary)).containsExactly("backup.zip", "data");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        try (ZipFile zip = new ZipFile(file.toFile())) {
            assertThat(zip.stream().map(ZipEntry::getName))
                    .containsExactly("porthole-backup", "secret.key", "server.db");
        }
        Path other = Files.createDirectory(temporary.resolve("other"));
        assertThat(Restore.run(file, other, false)).isEqualTo(new Restore.Done(true, null));
        assertThat(names(other)).containsExactly("secret.key", "server.db");
        assertThat(Files.mismatch(other.resolve("secret.key"), data.resolve("secret.key")))
                .isEqualTo(-1);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(other.resolve("server.db"))))
                .isEqualTo("rw-------");
        assertThat(users(other)).isEqualTo(1);
    }

    @Test
    void writesWhileABackupRunsAreAllowedAndNotTorn() throws Exception { // T-R1
        try (Store store = Store.open(data)) {
            Thread writer = Thread.startVirtualThread(() -> {
                for (int i = 0; i < 200; i++) {
                    String pair = "usr_" + i;
                    store.writeOnly(handle -> {
                        user(handle, pair + "a");
                        user(handle, pair + "b");
                    });
                }
            });
            for (int i = 0; i < 5; i++) {
                Path copy = temporary.resolve("copy" + i);
                assertThat(Backup.ofRunning(store, data, copy)).isTrue();
                Path back = Files.createDirectory(temporary.resolve("back" + i));
                Restore.run(copy, back, false);
                assertThat(users(back) % 2).isZero();
            }
            writer.join();
        }
    }

    @Test
    void stoppedServersFolderIsBackedUpAsItIs() {
        backUp();
        Path second = temporary.resolve("second.zip");
        assertThat(Backup.ofStopped(data, second)).isTrue();
        assertThat(second).isNotEmptyFile();
    }

    @Test
    void backupNeverWritesOverAFileAndLeavesNothingWhenItFails() throws Exception {
        Files.writeString(file, "mine");
        try (Store store = Store.open(data)) {
            assertThatThrownBy(() -> Backup.ofRunning(store, data, file))
                    .isInstanceOf(StoreException.class)
                    .hasMessage(file + ": is there already (expected: a new file)");
            assertThat(file).hasContent("mine");
            assertThatThrownBy(() -> Backup.ofRunning(store, data, temporary.resolve("none/x")))
                    .isInstanceOf(StoreException.class);
        }
        Path empty = Files.createDirectory(temporary.resolve("empty"));
        assertThatThrownBy(() -> Backup.ofStopped(empty, temporary.resolve("x")))
                .hasMessageContaining("no server has used this folder yet");
        assertThat(temporary.resolve("x")).doesNotExist();
    }

    @Test
    void folderWithDataIsRestoredOnlyByForceAndItsDataIsKept() throws Exception { // T-R1
        backUp();
        assertThatThrownBy(() -> Restore.run(file, data, false))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("is not empty (expected: an empty folder, or --force");
        assertThat(users(data)).isEqualTo(2);
        Restore.Done done = Restore.run(file, data, true);
        assertThat(done.kept()).isEqualTo(data.resolve("before-restore-1"));
        assertThat(users(data)).isEqualTo(1);
        assertThat(users(data.resolve("before-restore-1"))).isEqualTo(2);
        assertThat(Restore.run(file, data, true).kept()).isEqualTo(data.resolve("before-restore-2"));
    }

    @Test
    void brokenBackupChangesNothing() throws Exception { // T-R1
        backUp();
        Path broken = temporary.resolve("broken.zip");
        Files.writeString(broken, "no zip");
        assertThatThrownBy(() -> Restore.run(broken, data, true)).isInstanceOf(StoreException.class);
        Path foreign = temporary.resolve("foreign.zip");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(foreign))) {
            zip.putNextEntry(new ZipEntry("../server.db"));
        }
        assertThatThrownBy(() -> Restore.run(foreign, data, true))
                .hasMessageContaining("not a backup that this release knows");
        Path torn = temporary.resolve("torn.zip");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(torn))) {
            zip.putNextEntry(new ZipEntry("porthole-backup"));
            zip.write("1\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            zip.putNextEntry(new ZipEntry("secret.key"));
            zip.write(new byte[32]);
            zip.putNextEntry(new ZipEntry("server.db"));
            zip.write("this is no database at all, but a text of some length"
                    .repeat(99)
                    .getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        }
        assertThatThrownBy(() -> Restore.run(torn, data, true)).hasMessageContaining("its database is broken");
        assertThat(names(data)).containsExactly("secret.key", "server.db");
        assertThat(users(data)).isEqualTo(2);
    }

    @Test
    void restoreThatWasBrokenOffIsNotTakenForAServersData() throws Exception { // T-R1
        backUp();
        Files.writeString(data.resolve("restore-unfinished"), "");
        assertThatThrownBy(() -> Store.open(data)).hasMessageContaining("a restore did not come to its end");
        Restore.run(file, data, true);
        assertThat(users(data)).isEqualTo(1);
    }
}
