package dev.porthole.bench.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** {@code ssh -R} to a server of its own: what people use who need no tool. */
final class SshTunnel implements Contender {
    private static final String HOST = "127.0.0.1";

    private final Started server;
    private final Started client;
    private final int files;
    private final int app;

    private SshTunnel(Started server, Started client, int files, int app) {
        this.server = server;
        this.client = client;
        this.files = files;
        this.app = app;
    }

    static SshTunnel open(Path folder, Origin origin) throws IOException {
        Files.createDirectories(folder);
        for (String key : List.of("host", "user")) {
            run(
                    folder,
                    "ssh-keygen",
                    "-q",
                    "-t",
                    "ed25519",
                    "-N",
                    "",
                    "-f",
                    folder.resolve(key).toString());
        }
        Files.copy(folder.resolve("user.pub"), folder.resolve("authorized"));
        // sshd wants the folder where it gives up its rights, and makes none.
        Files.createDirectories(Path.of("/run/sshd"));
        int port = Ports.free();
        Files.writeString(folder.resolve("sshd_config"), """
                ListenAddress 127.0.0.1:%d
                HostKey %s
                AuthorizedKeysFile %s
                PasswordAuthentication no
                PermitRootLogin yes
                StrictModes no
                UsePAM no
                PidFile none
                """.formatted(
                        port, folder.resolve("host"), folder.resolve("authorized")));
        Started server = Started.until(
                port,
                folder,
                "/usr/sbin/sshd",
                "-D",
                "-e",
                "-f",
                folder.resolve("sshd_config").toString());
        int files = Ports.free();
        int app = Ports.free();
        Started client = Started.until(
                files,
                folder,
                "ssh",
                "-N",
                "-F",
                "none",
                "-i",
                folder.resolve("user").toString(),
                "-o",
                "StrictHostKeyChecking=no",
                "-o",
                "UserKnownHostsFile=/dev/null",
                "-o",
                "ExitOnForwardFailure=yes",
                "-p",
                String.valueOf(port),
                "-R",
                "127.0.0.1:" + files + ":127.0.0.1:" + origin.filesPort(),
                "-R",
                "127.0.0.1:" + app + ":127.0.0.1:" + origin.appPort(),
                System.getProperty("user.name") + "@127.0.0.1");
        return new SshTunnel(server, client, files, app);
    }

    private static void run(Path folder, String... command) throws IOException {
        Started started = Started.of(folder, "once", Map.of(), List.of(command));
        started.awaitSuccess();
    }

    @Override
    public String name() {
        return "ssh -R";
    }

    @Override
    public Address files() {
        return new Address(files, HOST);
    }

    @Override
    public Address app() {
        return new Address(app, HOST);
    }

    @Override
    public List<Long> processes() {
        return Stream.concat(server.processes().stream(), client.processes().stream())
                .toList();
    }

    @Override
    public void close() {
        client.close();
        server.close();
    }
}
