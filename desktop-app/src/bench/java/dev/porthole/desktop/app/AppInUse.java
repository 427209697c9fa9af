package dev.porthole.desktop.app;

import dev.porthole.core.Porthole;
import dev.porthole.core.PortholeException;
import dev.porthole.core.PortholeException.Kind;
import dev.porthole.core.SignIn;
import dev.porthole.core.TunnelState;
import dev.porthole.core.config.PortholeHome;
import dev.porthole.desktop.signin.EmbeddedStart;
import dev.porthole.desktop.ui.Outside;
import dev.porthole.desktop.ui.Tasks;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javafx.animation.AnimationTimer;
import javafx.application.Platform;
import javafx.scene.control.Button;
import javafx.scene.control.TextField;
import javafx.stage.Stage;

/**
 * The whole app in front of a real server, which is a process of its own: how long it takes from a click on Share to an
 * address on the clipboard, and what the app costs while it idles. {@code desktop-app/src/bench/run} starts it.
 */
public final class AppInUse {
    private static final int WARM_UP = 5;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Porthole porthole;
    private final SynchronousQueue<String> clipboard = new SynchronousQueue<>();
    private final List<ServerSocket> apps = new ArrayList<>();
    private Stage stage = null;
    private ShellViewModel shell = null;

    private AppInUse(Porthole porthole) {
        this.porthole = porthole;
    }

    /**
     * @param arguments the launcher, then {@code share} and how many clicks, or {@code idle}, how many tunnels, how
     *     many seconds, and the screen that is shown: {@code share}, {@code tunnels}, or {@code none} for a hidden
     *     window
     */
    public static void main(String... arguments) throws Exception {
        int result = 1;
        try {
            run(arguments);
            result = 0;
        } finally {
            // JavaFX's thread would keep the program.
            System.exit(result);
        }
    }

    private static void run(String... arguments) throws Exception {
        Path folder = Files.createTempDirectory("porthole-bench");
        try (Server server = Server.start(Path.of(arguments[0]), folder.resolve("server"));
                Porthole porthole = Porthole.open(
                        PortholeHome.in(folder.resolve("home")),
                        new Porthole.Options(server.address(), null, server.key(), "0.0.0"))) {
            AppInUse use = new AppInUse(porthole);
            use.open();
            switch (arguments[1]) {
                case "share" -> use.share(Integer.parseInt(arguments[2]));
                case "idle" -> use.idle(Integer.parseInt(arguments[2]), Integer.parseInt(arguments[3]), arguments[4]);
                default -> throw new IllegalArgumentException("what: " + arguments[1] + " (expected: share or idle)");
            }
            for (ServerSocket app : use.apps) {
                app.close();
            }
            List<String> _ = porthole.close(true);
        }
        deleteTree(folder);
    }

    private void open() throws Exception {
        CompletableFuture<Boolean> shown = new CompletableFuture<>();
        Platform.startup(() -> {
            Platform.setImplicitExit(false);
            Optional<RestingPulse> _ = RestingPulse.install(() -> {});
            stage = new Stage();
            App app =
                    App.of(porthole, new NoServer(), Tasks.onVirtualThreads(), new Clipboard(), InstantSource.system());
            shell = app.shell();
            new MainWindow(app, stage, () -> {}).bringToFront();
            shown.complete(true);
        });
        shown.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    /** Clicks on one port after another, each a new tunnel. */
    private void share(int clicks) throws Exception {
        List<Double> took = new ArrayList<>();
        List<Double> answered = new ArrayList<>();
        for (int click = 0; click < WARM_UP + clicks; click++) {
            ServerSocket app = appThatSays("hello");
            Button button = shareButtonOf(app.getLocalPort());
            long clicked = System.nanoTime();
            Platform.runLater(button::fire);
            String address = clipboard.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            long copied = System.nanoTime();
            if (address == null) {
                throw new IllegalStateException("no address on the clipboard within " + PATIENCE);
            }
            String answer = visit(URI.create(address));
            long visited = System.nanoTime();
            if (!answer.startsWith("HTTP/1.1 200") || !answer.endsWith("hello")) {
                throw new IllegalStateException("the address answered: " + answer);
            }
            if (click >= WARM_UP) {
                took.add((copied - clicked) / 1e6);
                answered.add((visited - copied) / 1e6);
            }
            for (TunnelState state : porthole.listTunnels()) {
                porthole.delete(state.tunnel().id());
            }
            app.close();
        }
        print("from the click on Share to the address on the clipboard", took);
        print("the address's first answer after that (all were 200)", answered);
    }

    /** Shares some ports and then does nothing. */
    private void idle(int tunnels, int seconds, String screen) throws Exception {
        for (int number = 0; number < tunnels; number++) {
            ServerSocket app = appThatSays("hello");
            Button button = shareButtonOf(app.getLocalPort());
            Platform.runLater(button::fire);
            if (clipboard.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS) == null) {
                throw new IllegalStateException("no address on the clipboard within " + PATIENCE);
            }
        }
        Platform.runLater(() -> {
            switch (screen) {
                case "share" -> shell.go(Screen.SHARE);
                case "tunnels" -> shell.go(Screen.TUNNELS);
                default -> stage.hide();
            }
        });
        // What compiles and collects after the work is not idling.
        TimeUnit.SECONDS.sleep(20);
        Duration before = cpu();
        long began = System.nanoTime();
        TimeUnit.SECONDS.sleep(seconds);
        double share = (cpu().toNanos() - before.toNanos()) / (double) (System.nanoTime() - began);
        System.out.printf(
                "%d tunnels, screen %s, %d s: %.2f %% of one processor, resident %d MiB%n",
                tunnels, screen, seconds, 100 * share, resident());
    }

    private static void print(String what, List<Double> milliseconds) {
        milliseconds.sort(Comparator.naturalOrder());
        System.out.printf(
                "%s: median %.0f ms, p95 %.0f ms, longest %.0f ms of %d%n",
                what,
                milliseconds.get(milliseconds.size() / 2),
                milliseconds.get(milliseconds.size() * 95 / 100),
                milliseconds.getLast(),
                milliseconds.size());
    }

    /** Answers each connection with {@code words} and closes it; costs nothing in between, unlike JDK's HTTP server. */
    private ServerSocket appThatSays(String words) throws IOException {
        ServerSocket app = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        byte[] answer = ("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: " + words.length() + "\r\n\r\n"
                        + words)
                .getBytes(StandardCharsets.US_ASCII);
        Thread.ofVirtual().start(() -> {
            while (!app.isClosed()) {
                try (Socket visitor = app.accept()) {
                    // Who only looks whether somebody listens asks nothing.
                    if (visitor.getInputStream().read(new byte[1 << 16]) > 0) {
                        visitor.getOutputStream().write(answer);
                    }
                } catch (IOException over) {
                    // the app ends, or its visitor left
                }
            }
        });
        apps.add(app);
        return app;
    }

    /**
     * Types the port into the field and gives the button beside it; waits until they are there. Not the port's own row:
     * the list is made only while the window has the focus, which nobody gives it on a display without a window
     * manager.
     */
    private Button shareButtonOf(int port) throws Exception {
        CompletableFuture<Button> found = new CompletableFuture<>();
        AnimationTimer pulses = new AnimationTimer() {
            @Override
            public void handle(long now) {
                if (stage.getScene().lookup("#share-field") instanceof TextField field
                        && stage.getScene().lookup("#share-submit") instanceof Button button) {
                    field.setText(Integer.toString(port));
                    found.complete(button);
                    stop();
                }
            }
        };
        Platform.runLater(pulses::start);
        return found.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    /** As Java resolves no names below localhost, the name goes into the Host field. */
    private static String visit(URI address) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), address.getPort())) {
            socket.setSoTimeout((int) PATIENCE.toMillis());
            OutputStream out = socket.getOutputStream();
            String request = "GET / HTTP/1.1\r\nHost: " + address.getAuthority() + "\r\nConnection: close\r\n\r\n";
            out.write(request.getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static Duration cpu() {
        return ProcessHandle.current().info().totalCpuDuration().orElseThrow();
    }

    /** In MiB. Linux. */
    private static long resident() throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
            String line =
                    lines.filter(it -> it.startsWith("VmRSS:")).findFirst().orElseThrow();
            return Long.parseLong(line.replaceAll("\\D", "")) / 1024;
        }
    }

    private static void deleteTree(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }

    /** Hands over what is copied. */
    private final class Clipboard implements Outside {
        @Override
        public void copy(String text) {
            Thread.ofVirtual().start(() -> {
                try {
                    clipboard.put(text);
                } catch (InterruptedException ended) {
                    Thread.currentThread().interrupt();
                }
            });
        }

        @Override
        public boolean open(URI address) {
            return false;
        }
    }

    /** There is one already. */
    private static final class NoServer implements EmbeddedStart {
        @Override
        public SignIn.SignedIn start() throws PortholeException {
            throw new PortholeException(Kind.FAILED, "the benchmark has a server of its own");
        }

        @Override
        public void resume() {}
    }

    /** The companion server as a process, and a key of its first account. */
    private record Server(Process process, String address, String key) implements AutoCloseable {
        private static final Pattern LISTENING = Pattern.compile("listening on (http://\\S+)");

        static Server start(Path launcher, Path data) throws IOException, InterruptedException {
            ProcessBuilder builder = new ProcessBuilder(
                            launcher.toString(), "server", "--data-dir", data.toString(), "--port", "0")
                    .redirectError(ProcessBuilder.Redirect.DISCARD);
            builder.environment()
                    .putAll(Map.of("PORTHOLE_ADMIN_USER", "bench", "PORTHOLE_ADMIN_PASSWORD", "for the benchmark"));
            Process process = builder.start();
            String address = null;
            var lines = process.inputReader();
            while (address == null) {
                String line = lines.readLine();
                if (line == null) {
                    throw new IOException("the server ended without listening");
                }
                Matcher found = LISTENING.matcher(line);
                if (found.find()) {
                    address = found.group(1).replace("127.0.0.1", "localhost");
                }
            }
            Thread.ofVirtual().start(() -> lines.lines().forEach(line -> {}));
            Process token = new ProcessBuilder(
                            launcher.toString(), "server", "token", "--data-dir", data.toString(), "--user", "bench")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String key = new String(token.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            token.waitFor();
            return new Server(process, address, key);
        }

        @Override
        public void close() {
            process.destroy();
            process.onExit().join();
        }
    }
}
