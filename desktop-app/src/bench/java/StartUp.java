import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * From the command to a window that one can use: its first picture is drawn and it takes what is typed. The app says
 * when that was, in its log.
 *
 * <p>Arguments: the launcher and how many starts; each with a home of its own, which the first start makes.
 */
final class StartUp {
    private static final Pattern SHOWN = Pattern.compile("^(\\S+) INFO .*The window is there");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    public static void main(String[] arguments) throws IOException, InterruptedException {
        int starts = Integer.parseInt(arguments[1]);
        Path home = Files.createTempDirectory("porthole-bench");
        List<Long> took = new ArrayList<>();
        // The first one has files to make and a disk to read from.
        for (int start = 0; start <= starts; start++) {
            long one = start(Path.of(arguments[0]), home);
            if (start > 0) {
                took.add(one);
            }
        }
        took.sort(Comparator.naturalOrder());
        System.out.printf(
                "%s to a window that one can use: median %d ms, shortest %d ms, longest %d ms of %d starts%n",
                arguments[0], took.get(took.size() / 2), took.getFirst(), took.getLast(), took.size());
        try (Stream<Path> all = Files.walk(home)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }

    private static long start(Path launcher, Path home) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(launcher.toString()).inheritIO();
        builder.environment().put("PORTHOLE_HOME", home.toString());
        Instant began = Instant.now();
        Process app = builder.start();
        try {
            while (Duration.between(began, Instant.now()).compareTo(PATIENCE) < 0 && app.isAlive()) {
                Instant shown = shown(home, began);
                if (shown != null) {
                    return Duration.between(began, shown).toMillis();
                }
                TimeUnit.MILLISECONDS.sleep(20);
            }
            throw new IOException("no window within " + PATIENCE + " (expected: a line in app.log)");
        } finally {
            app.destroy();
            app.waitFor();
        }
    }

    private static Instant shown(Path home, Instant since) throws IOException {
        try (Stream<Path> files = Files.walk(home)) {
            for (Path log : files.filter(file -> file.endsWith("app.log")).toList()) {
                for (String line : Files.readAllLines(log)) {
                    Matcher found = SHOWN.matcher(line);
                    if (found.find() && Instant.parse(found.group(1)).isAfter(since)) {
                        return Instant.parse(found.group(1));
                    }
                }
            }
            return null;
        }
    }
}
