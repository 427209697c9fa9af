package dev.porthole.desktop.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.desktop.links.DeepLink;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SingleInstanceTest {
    private static final Optional<InstanceMessage> SHOW = Optional.of(new InstanceMessage.Show());

    private final BlockingQueue<InstanceMessage> heard = new LinkedBlockingQueue<>();

    @TempDir
    private Path home;

    // T-L2
    @Test
    void secondStartAsksTheFirstToShowItselfInAFolderForItsOwnerOnly() throws Exception {
        Path folder = home.resolve("app");
        try (SingleInstance first = SingleInstance.claim(folder, SHOW).orElseThrow()) {
            first.listen(heard::add);

            Optional<SingleInstance> second = SingleInstance.claim(folder, SHOW);

            assertThat(second).isEmpty();
            assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo(new InstanceMessage.Show());
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                    .isEqualTo("rwx------");
        }
    }

    // T-L2
    @Test
    void unknownAndOverlongMessagesAreIgnoredAndTheNextOneIsHeard() throws Exception {
        try (SingleInstance first = SingleInstance.claim(home, SHOW).orElseThrow()) {
            first.listen(heard::add);

            assertThat(send("stop 22\n")).as("closed without an answer").isEqualTo(-1);
            assertThat(send("show" + "w".repeat(InstanceMessage.LONGEST))).isEqualTo(-1);
            assertThat(heard).isEmpty();
            assertThat(send("show\n")).isEqualTo(-1);
            assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo(new InstanceMessage.Show());
        }
    }

    // T-L2
    @Test
    void linkOfASecondStartArrivesTypedAndNothingElseOfThatKindDoes() throws Exception {
        try (SingleInstance first = SingleInstance.claim(home, SHOW).orElseThrow()) {
            first.listen(heard::add);

            for (String wrong : java.util.List.of("share 0\n", "share 70000\n", "share 080\n", "share 80 x\n")) {
                assertThat(send(wrong)).isEqualTo(-1);
            }
            assertThat(SingleInstance.claim(
                            home, Wish.of("open", "porthole://share?port=65535").message()))
                    .isEmpty();

            assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo(new InstanceMessage.Share(new DeepLink(65535)));
            assertThat(heard).isEmpty();
        }
    }

    // B-B14
    @Test
    void startAtSignInOfARunningAppWantsNothing() throws Exception {
        try (SingleInstance first = SingleInstance.claim(home, SHOW).orElseThrow()) {
            first.listen(heard::add);

            assertThat(SingleInstance.claim(home, Wish.of("--hidden").message()))
                    .isEmpty();
            assertThat(SingleInstance.claim(home, SHOW)).isEmpty();

            assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo(new InstanceMessage.Show());
            assertThat(heard).isEmpty();
        }
    }

    @Test
    void endedInstanceLeavesThePlaceToTheNext() throws Exception {
        SingleInstance.claim(home, SHOW).orElseThrow().close();

        Optional<SingleInstance> next = SingleInstance.claim(home, SHOW);

        assertThat(next).isPresent();
        next.orElseThrow().close();
    }

    private int send(String line) throws Exception {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(home.resolve("app.sock")))) {
            channel.write(ByteBuffer.wrap(line.getBytes(java.nio.charset.StandardCharsets.US_ASCII)));
            return channel.read(ByteBuffer.allocate(1));
        } catch (java.io.IOException reset) {
            return -1;
        }
    }
}
