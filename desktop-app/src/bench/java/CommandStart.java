import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * From the start of a command to its end, in front of a server of this computer that is a process of its own: the
 * version, a list of one tunnel, and the help of all commands. Beside them what the server takes to answer a question,
 * by a client that is warm.
 *
 * <p>Arguments: the launcher and how many starts of each.
 */
final class CommandStart {
    private static final Pattern LISTENING = Pattern.compile("listening on (http://.*:\\d+)");

    private final String launcher;
    private final int starts;
    private final Path folder;

    private CommandStart(String launcher, int starts, Path folder) {
        this.launcher = launcher;
        this.starts = starts;
        this.folder = folder;
    }

    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createTempDirectory("porthole-bench");
        try {
            new CommandStart(arguments[0], Integer.parseInt(arguments[1]), folder).run();
        } finally {
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(path);
                }
            }
        }
    }

    private void run() throws Exception {
        String data = folder.resolve("server").toString();
        Process server = process(List.of("server", "--data-dir", data, "--port", "0"), "", "")
                .start();
        try {
            String address = listening(server);
            String key = said(process(List.of("server", "token", "--data-dir", data, "--user", "bench"), "", ""));
            said(process(List.of("tunnel", "create", "--endpoint", "4000"), address, key));
            for (List<String> command : List.of(List.of("--version"), List.of("tunnel", "list"), List.of("--help"))) {
                tell(String.join(" ", command), () -> said(process(command, address, key)));
            }
            HttpRequest projects = HttpRequest.newBuilder(URI.create(address + "/api/v1/projects"))
                    .header("Authorization", "Bearer " + key)
                    .build();
            try (HttpClient client = HttpClient.newHttpClient()) {
                tell("one answer of the server", () -> client.send(projects, BodyHandlers.ofString()));
            }
        } finally {
            server.destroy();
            server.waitFor();
        }
    }

    private void tell(String what, Callable<?> work) throws Exception {
        List<Long> took = new ArrayList<>();
        // The first one has files to make and a disk to read from.
        for (int start = 0; start <= starts; start++) {
            long began = System.nanoTime();
            work.call();
            if (start > 0) {
                took.add(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began));
            }
        }
        took.sort(Comparator.naturalOrder());
        System.out.printf(
                "%s: median %d ms, shortest %d ms, longest %d ms of %d%n",
                what, took.get(took.size() / 2), took.getFirst(), took.getLast(), took.size());
    }

    private ProcessBuilder process(List<String> words, String server, String key) {
        List<String> command = new ArrayList<>(List.of(launcher));
        command.addAll(words);
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectError(
                        ProcessBuilder.Redirect.to(folder.resolve("errors").toFile()));
        builder.environment().put("PORTHOLE_HOME", folder.resolve("home").toString());
        builder.environment().put("PORTHOLE_SERVER", server);
        builder.environment().put("PORTHOLE_ADMIN_USER", "bench");
        builder.environment().put("PORTHOLE_ADMIN_PASSWORD", "for the benchmark only");
        if (key.isEmpty()) {
            builder.environment().remove("PORTHOLE_API_KEY");
        } else {
            builder.environment().put("PORTHOLE_API_KEY", key);
        }
        return builder;
    }

    private String said(ProcessBuilder builder) throws IOException, InterruptedException {
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        if (process.waitFor() != 0) {
            throw new IOException(builder.command() + ": " + Files.readString(folder.resolve("errors")));
        }
        return said;
    }

    private static String listening(Process server) throws IOException {
        BufferedReader lines = server.inputReader(StandardCharsets.UTF_8);
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            Matcher found = LISTENING.matcher(line);
            if (found.find()) {
                Thread.ofVirtual().start(() -> lines.lines().forEach(_ -> {}));
                return found.group(1);
            }
        }
        throw new IOException("the server ended without listening");
    }
}
