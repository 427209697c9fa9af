package dev.porthole.server.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.porthole.server.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdminSocketTest {
    @TempDir
    Path temporary;

    private final CountDownLatch leaseEnded = new CountDownLatch(1);

    private final AdminCommands commands = new AdminCommands() {
        @Override
        public Status status() {
            return new Status("1", "http://localhost:8080", 42);
        }

        @Override
        public String ownerCode(String challenge, String redirect) {
            return challenge + " " + redirect;
        }

        @Override
        public String token(String user, @Nullable String project) throws RefusedException {
            if (!user.equals("ada")) {
                throw new RefusedException("user: " + user + " (expected: an account's name)");
            }
            return "key of " + project;
        }

        @Override
        public boolean backup(Path file) throws RefusedException {
            if (Files.exists(file)) {
                throw new RefusedException(file + ": is there already");
            }
            return file.isAbsolute();
        }

        @Override
        public AutoCloseable lease() {
            return leaseEnded::countDown;
        }
    };

    @Test
    void ownersProgramsAreAnswered() throws Exception {
        try (DataFolder folder = DataFolder.take(temporary.resolve("data"));
                AdminSocket socket = AdminSocket.open(folder, commands);
                AdminClient client = AdminClient.connect(folder.path())) {
            assertThat(socket).isNotNull();
            assertThat(client.status()).isEqualTo(new AdminCommands.Status("1", "http://localhost:8080", 42));
            assertThat(client.ownerCode("abc", "http://127.0.0.1/")).isEqualTo("abc http://127.0.0.1/");
            assertThat(client.token("ada", null)).isEqualTo("key of null");
            assertThat(client.token("ada", "prj_1")).isEqualTo("key of prj_1");
            assertThatThrownBy(() -> client.token("eve", null))
                    .isInstanceOf(IOException.class)
                    .hasMessage("user: eve (expected: an account's name)");
            assertThat(client.backup(Path.of("relative.zip"))).isTrue();
            assertThatThrownBy(() -> client.backup(temporary)).hasMessageContaining("is there already");
            assertThat(client.status().pid()).isEqualTo(42);
        }
    }

    @Test
    void leaseEndsWithItsConnection() throws Exception {
        try (DataFolder folder = DataFolder.take(temporary.resolve("data"));
                AdminSocket socket = AdminSocket.open(folder, commands)) {
            assertThat(socket).isNotNull();
            AdminClient client = AdminClient.connect(folder.path());
            client.lease();
            assertThat(leaseEnded.getCount()).isEqualTo(1);
            client.close();
            assertThat(leaseEnded.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void onlyTheOwnerReachesTheSocket() throws Exception { // T-L2
        try (DataFolder folder = DataFolder.take(temporary.resolve("data"));
                AdminSocket socket = AdminSocket.open(folder, commands)) {
            assertThat(socket).isNotNull();
            Path place = SocketPlace.find(folder.path());
            assertThat(PosixFilePermissions.toString(
                            Files.getPosixFilePermissions(place.toAbsolutePath().getParent())))
                    .isEqualTo("rwx------");
        }
    }

    @Test
    void folderWithALongPathHasItsSocketElsewhere() throws Exception {
        Path deep = temporary.resolve("a".repeat(60)).resolve("b".repeat(60));
        Path place;
        try (DataFolder folder = DataFolder.take(deep);
                AdminSocket socket = AdminSocket.open(folder, commands);
                AdminClient client = AdminClient.connect(deep)) {
            assertThat(socket).isNotNull();
            place = SocketPlace.find(deep);
            assertThat(place.toString().length()).isLessThan(100);
            assertThat(client.status().pid()).isEqualTo(42);
        }
        assertThat(place.getParent()).doesNotExist();
    }

    @Test
    void folderIsHeldByOneServerWhichIsNamed() throws Exception { // T-R7
        Path data = temporary.resolve("data");
        try (DataFolder folder = DataFolder.take(data)) {
            assertThat(folder.path()).isEqualTo(data);
            assertThatThrownBy(() -> DataFolder.take(data))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("another server uses this folder (pid "
                            + ProcessHandle.current().pid() + ")");
        }
        DataFolder.take(data).close();
        assertThatThrownBy(() -> AdminClient.connect(data)).hasMessageContaining("no server runs with this folder");
    }
}
