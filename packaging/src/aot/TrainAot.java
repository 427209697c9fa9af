import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Writer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Makes the archives that the server, the command line and the app start from (JEP 483, 514, 515: loaded and linked classes,
 * and profiles): runs each once as people use them, a server, a few commands that ask and end, an agent that shares a port,
 * visitors, and a window without a screen, and lets their virtual machines write down what they needed. To be run with the very
 * Java and jars that will be started.
 *
 * <p>Arguments: the java program, the folder of the jars, the folder of the options, the folder for the archive; and for a
 * package, whose installation gives files other times, {@code package}: then all jars get one time, which is kept beside the
 * archives, for the installation to give them again (Java takes no archive of jars with other times). An
 * archive only saves time: without one everything works, so a failure here is told and is nobody's error.
 */
final class TrainAot {
    private static final int VISITS = 200;
    private static final int SECONDS = 120;

    private final Path java;
    private final Path jars;
    private final Path options;
    private final Path archives;
    private final Path folder;
    private final List<Process> started = new ArrayList<>();

    private TrainAot(Path java, Path jars, Path options, Path archives, Path folder) {
        this.java = java;
        this.jars = jars;
        this.options = options;
        this.archives = archives;
        this.folder = folder;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("porthole-training");
        TrainAot training = new TrainAot(
                Path.of(arguments[0]),
                Path.of(arguments[1]),
                Path.of(arguments[2]),
                Files.createDirectories(Path.of(arguments[3])),
                folder);
        try {
            if (arguments.length > 4) {
                training.giveOneTime();
            }
            training.run();
        } catch (Exception failed) {
            System.out.println("[WARNING] No start-up archives, so everything starts slower: " + failed);
        } finally {
            training.started.forEach(Process::destroyForcibly);
            deleteTree(folder);
        }
    }

    /** In whole seconds, as packages have them. */
    private void giveOneTime() throws IOException {
        long now = System.currentTimeMillis() / 1000;
        try (Stream<Path> all = Files.list(jars)) {
            for (Path jar : all.toList()) {
                Files.setLastModifiedTime(jar, FileTime.from(now, TimeUnit.SECONDS));
            }
        }
        Files.writeString(archives.resolve("jars.time"), now + "\n");
    }

    private void run() throws Exception {
        Map<Path, FileTime> trained = times();
        HttpServer app = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        app.createContext("/", exchange -> {
            byte[] hello = "hello".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, hello.length);
            exchange.getResponseBody().write(hello);
            exchange.close();
        });
        app.start();
        try (ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor()) {
            String data = folder.resolve("server").toString();
            Process server = start(
                    true,
                    "server",
                    "dev.porthole.server.Main",
                    Map.of("PORTHOLE_ADMIN_USER", "trainer", "PORTHOLE_ADMIN_PASSWORD", "for the archive only"),
                    "--data-dir",
                    data,
                    "--port",
                    "0");
            int port = Integer.parseInt(within(readers, () -> find(server, "listening on http://.*:(\\d+)")));
            for (String page : List.of("/", "/sign-in", "/api", "/health", "/api/v1/openapi.json", "/oauth/jwks")) {
                visit(port, "localhost:" + port, page);
                visit(port, "porthole.localhost:" + port, page);
            }
            Process token = start(
                    false, "server", "dev.porthole.server.Main", Map.of(), "token", "--data-dir", data, "--user", "trainer");
            String key = within(readers, () -> find(token, "(phk_\\S+)"));
            Map<String, String> person = Map.of(
                    "PORTHOLE_API_KEY",
                    key,
                    "PORTHOLE_SERVER",
                    "http://localhost:" + port,
                    "PORTHOLE_HOME",
                    folder.resolve("home").toString());
            String endpoint = "127.0.0.1:" + app.getAddress().getPort();
            Process questions = start(true, "once", "dev.porthole.desktop.cli.Main", person, "__each");
            ask(questions, endpoint);
            within(readers, () -> ended(questions));
            Process share = start(
                    true,
                    "cli",
                    "dev.porthole.desktop.cli.Main",
                    person,
                    "tunnel",
                    "listen",
                    "--endpoint",
                    endpoint,
                    "--label",
                    "training");
            String host = within(readers, () -> find(share, "ready after .*http://(\\S+\\.localhost:\\d+)"));
            for (int visits = 0; visits < VISITS; visits++) {
                visit(port, host, "/?" + visits);
            }
            end(share);
            end(server);
            Path home = folder.resolve("app-home");
            Process window = start(
                    "app",
                    "dev.porthole.desktop.app.Main",
                    // No screen, and nobody's tray or keychain.
                    Map.of("PORTHOLE_HOME", home.toString(), "DBUS_SESSION_BUS_ADDRESS", "unix:path=" + folder + "/none"));
            within(readers, () -> await(window, home));
            end(window);
        } finally {
            app.stop(0);
        }
        if (!times().equals(trained)) {
            throw new IOException("the jars changed meanwhile");
        }
        keep("server");
        keep("once");
        keep("cli");
        keep("app");
    }

    /** Commands that ask and end, in the forms that they answer in. */
    private static void ask(Process commands, String endpoint) throws IOException {
        try (Writer lines = commands.outputWriter(StandardCharsets.UTF_8)) {
            lines.write("--help\n");
            lines.write("tunnel create --endpoint " + endpoint + " --label training\n");
            lines.write("tunnel list\n");
            lines.write("tunnel list --output json\n");
            lines.write("auth status\n");
            lines.write("projects list\n");
        }
    }

    private void keep(String program) throws IOException {
        Path written = folder.resolve(program + ".aot");
        if (!Files.exists(written)) {
            throw new IOException(program + ": no archive was written");
        }
        // Beside the old one first: a program that starts meanwhile finds one or the other, and both are whole.
        Path beside = Files.copy(written, archives.resolve(program + ".new"), StandardCopyOption.REPLACE_EXISTING);
        Path archive = Files.move(beside, archives.resolve(program + ".aot"), StandardCopyOption.ATOMIC_MOVE);
        System.out.println("[INFO] " + archive + ": " + Files.size(archive) / (1 << 20) + " MiB");
    }

    /** When each jar was written: an archive is of these and no others, and Java 25 does not look. */
    private Map<Path, FileTime> times() throws IOException {
        Map<Path, FileTime> times = new TreeMap<>();
        try (Stream<Path> all = Files.list(jars)) {
            for (Path jar : all.toList()) {
                times.put(jar, Files.getLastModifiedTime(jar));
            }
        }
        return times;
    }

    /** The app, recorded, on JavaFX's platform without a screen. */
    private Process start(String program, String main, Map<String, String> environment)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                java.toString(),
                "-XX:AOTCacheOutput=" + folder.resolve(program + ".aot"),
                "-Dglass.platform=Headless",
                "-Dprism.order=sw",
                "@" + options.resolve(program + ".options"),
                "-Dporthole.jvm.options=" + options));
        // An image brings JavaFX; a checkout has it beside its jars.
        Process inImage = new ProcessBuilder(java.toString(), "--describe-module", "javafx.controls")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (inImage.waitFor() != 0) {
            command.addAll(List.of("--module-path", options.resolveSibling("fx").toString()));
        }
        command.addAll(List.of("--add-modules", "javafx.controls", "-cp", classPath(), main));
        return launch(program, command, environment);
    }

    private Process start(
            boolean recorded, String program, String main, Map<String, String> environment, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(java.toString()));
        if (recorded) {
            command.add("-XX:AOTCacheOutput=" + folder.resolve(program + ".aot"));
            // No profiles: what a short training saw of the data path makes worse code of it than what a process sees itself.
            command.addAll(List.of("-XX:+UnlockDiagnosticVMOptions", "-XX:-AOTRecordTraining"));
        }
        if (program.equals("once")) {
            command.add("@" + options.resolve("cli.options"));
        }
        command.add("@" + options.resolve(program + ".options"));
        command.addAll(List.of("-Dporthole.jvm.options=" + options, "-cp", classPath(), main));
        command.addAll(List.of(arguments));
        return launch(program, command, environment);
    }

    private Process launch(String program, List<String> command, Map<String, String> environment) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.to(
                        folder.resolve(program + started.size() + ".err").toFile()))
                .directory(folder.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("PORTHOLE_") || name.startsWith("JDK_JAVA"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        started.add(process);
        return process;
    }

    /** In the order in which the launcher lists them: an archive holds for one class path. */
    private String classPath() throws IOException {
        try (Stream<Path> all = Files.list(jars)) {
            return all.map(Path::toString)
                    .filter(name -> name.endsWith(".jar"))
                    .sorted(Comparator.comparing(TrainAot::isNotOurs).thenComparing(Comparator.naturalOrder()))
                    .collect(Collectors.joining(System.getProperty("path.separator")));
        }
    }

    private static boolean isNotOurs(String jar) {
        return !Path.of(jar).getFileName().toString().startsWith("porthole-");
    }

    private static <T> T within(ExecutorService readers, Callable<T> work) throws Exception {
        return readers.submit(work).get(SECONDS, TimeUnit.SECONDS);
    }

    /** Reads a program's output until a line fits, and lets the rest of it flow away. */
    private static String find(Process process, String wanted) throws IOException {
        Pattern pattern = Pattern.compile(wanted);
        BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            Matcher found = pattern.matcher(line);
            if (found.find()) {
                Thread.ofVirtual().start(() -> drain(lines));
                return found.group(1);
            }
        }
        throw new IOException("it ended without saying " + wanted);
    }

    private static boolean ended(Process process) throws IOException, InterruptedException {
        drain(process.inputReader(StandardCharsets.UTF_8));
        if (process.waitFor() != 0) {
            throw new IOException("a command failed with " + process.exitValue());
        }
        return true;
    }

    /** Waits until the app's log says that its window is there, and a moment more for what comes after. */
    private static boolean await(Process window, Path home) throws IOException, InterruptedException {
        for (int tries = 0; tries < SECONDS * 10 && window.isAlive(); tries++) {
            Thread.sleep(100);
            if (saysThatTheWindowIsThere(home)) {
                Thread.sleep(2_000);
                return true;
            }
        }
        throw new IOException("the app opened no window");
    }

    private static boolean saysThatTheWindowIsThere(Path home) throws IOException {
        if (!Files.exists(home)) {
            return false;
        }
        try (Stream<Path> files = Files.walk(home)) {
            for (Path log : files.filter(file -> file.endsWith("app.log")).toList()) {
                if (Files.readString(log).contains("The window is there")) {
                    return true;
                }
            }
            return false;
        }
    }

    private static void drain(BufferedReader lines) {
        try {
            lines.transferTo(Writer.nullWriter());
        } catch (IOException ended) {
            // With the program.
        }
    }

    /** As Java resolves no names below localhost, the name goes into the Host field. */
    private static void visit(int port, String host, String target) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(SECONDS * 1000);
            OutputStream out = socket.getOutputStream();
            String request = "GET " + target + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
            out.write(request.getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            in.readAllBytes();
        }
    }

    /** Ends it as Ctrl+C does; its virtual machine writes the archive before it is gone. */
    private static void end(Process process) throws IOException, InterruptedException {
        process.destroy();
        if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
            throw new IOException("the program did not end");
        }
    }

    private static void deleteTree(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
