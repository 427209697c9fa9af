package dev.porthole.core.declared;

import dev.porthole.core.discovery.ListeningPort;
import dev.porthole.core.discovery.ProgramKind;
import dev.porthole.core.discovery.ProjectNames;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A {@code porthole.yml} to begin with, made of what listens now. Databases and queues are in it as remarks: who wants
 * the world in there takes the # away on purpose.
 *
 * @param project what the folder is called; names a tunnel where nothing else does
 * @param tunnels in the order of the file
 */
public record DeclarationDraft(String project, List<Row> tunnels) {
    /** Development servers that answer "blocked host" to names that they don't know. */
    private static final Set<String> ASK_FOR_LOCALHOST =
            Set.of("Vite", "Angular", "webpack", "Vue CLI", "Create React App", "SvelteKit", "Astro");

    private static final Logger LOG = LoggerFactory.getLogger(DeclarationDraft.class);
    private static final int MOST_FOLDERS = 200;

    /**
     * One tunnel.
     *
     * @param hostHeader what the program needs to see, if that is known
     * @param shared whether it is declared, and no remark
     */
    public record Row(
            String key,
            String endpoint,
            @Nullable String label,
            @Nullable String hostHeader,
            boolean shared) {}

    public DeclarationDraft {
        tunnels = List.copyOf(tunnels);
    }

    /**
     * Of what listens, without the system's own noise. Where programs of the folder's own project (or of one right
     * below it) listen, others are remarks; otherwise those are of which nothing is known.
     */
    public static DeclarationDraft of(Path folder, List<ListeningPort> listening) {
        List<ListeningPort> programs =
                listening.stream().filter(port -> !port.system()).toList();
        Set<String> names = namesIn(folder);
        Predicate<ListeningPort> ours = port -> port.projectName() != null && names.contains(port.projectName());
        Predicate<ListeningPort> shared =
                programs.stream().anyMatch(ours) ? ours : port -> port.projectName() != null || port.guess() != null;
        Set<String> keys = new LinkedHashSet<>();
        List<Row> rows = new ArrayList<>();
        programs.stream().filter(shared).forEach(port -> rows.add(row(port, keys, true)));
        programs.stream().filter(shared.negate()).forEach(port -> rows.add(row(port, keys, false)));
        Path name = folder.getFileName();
        return new DeclarationDraft(slug(name == null ? "" : name.toString(), "web"), rows);
    }

    private static Set<String> namesIn(Path folder) {
        Set<String> names = new LinkedHashSet<>();
        addName(names, folder);
        try (Stream<Path> below = Files.list(folder)) {
            below.filter(Files::isDirectory).limit(MOST_FOLDERS).forEach(one -> addName(names, one));
        } catch (IOException | UncheckedIOException unreadable) {
            LOG.debug("{} can't be listed", folder, unreadable);
        }
        return names;
    }

    private static void addName(Set<String> names, Path folder) {
        String name = ProjectNames.of(folder);
        if (name != null) {
            names.add(name);
        }
    }

    /** Whether nothing of it is shared. */
    public boolean isEmpty() {
        return tunnels.stream().noneMatch(Row::shared);
    }

    private static Row row(ListeningPort port, Set<String> keys, boolean shared) {
        boolean stored = port.kind() == ProgramKind.DATABASE || port.kind() == ProgramKind.CACHE_OR_QUEUE;
        String guess = port.guess();
        String name = port.projectName();
        String what = stored || name == null ? guess : name;
        String key = fresh(slug(what == null ? port.process() : what, "port-" + port.port()), port.port(), keys);
        String label = name == null || stored ? guess : guess == null ? name : name + " (" + guess + ")";
        return new Row(
                key,
                stored ? "tcp://localhost:" + port.port() : String.valueOf(port.port()),
                label,
                guess != null && ASK_FOR_LOCALHOST.contains(guess) ? "localhost" : null,
                shared && !stored);
    }

    private static String fresh(String slug, int port, Set<String> keys) {
        String key = keys.contains(slug) ? slug + "-" + port : slug;
        keys.add(key);
        return key;
    }

    /** Letters, digits and hyphens of a text; {@code otherwise} if there are none. */
    private static String slug(String text, String otherwise) {
        String plain = Normalizer.normalize(text, Normalizer.Form.NFKD)
                .toLowerCase(Locale.ROOT)
                .replaceAll("\\p{M}+", "")
                .replaceAll("[^a-z0-9]+", "-")
                .replaceAll("^-+|-+$", "");
        String cut = plain.length() <= 40 ? plain : plain.substring(0, 40).replaceAll("-+$", "");
        return cut.isEmpty() ? otherwise : cut;
    }

    /** The file's text. */
    public String text() {
        StringBuilder text = new StringBuilder();
        text.append(
                        "# The tunnels of this code. porthole up shares them until Ctrl+C, and applies what you edit here.\n")
                .append(
                        "# Help while you write: porthole init --schema > porthole.schema.json, and make this a line of its own:\n")
                .append("#   yaml-language-server: $schema=porthole.schema.json\n")
                .append("tunnels:\n");
        if (isEmpty()) {
            text.append("  # Nothing listens at the moment: this is an example.\n");
            append(text, new Row(project, "3000", null, null, true));
        }
        tunnels.stream().filter(Row::shared).forEach(row -> append(text, row));
        text.append("    # name: my-shop              # of a new address; unique on its server\n")
                .append("    # host-header: localhost     # for development servers that answer \"blocked host\"\n")
                .append("    # expires: 8h                # after it is turned on\n");
        tunnels.stream().filter(row -> !row.shared()).forEach(row -> append(text, row));
        return text.toString();
    }

    private static void append(StringBuilder text, Row row) {
        String remark = row.shared() ? "" : "# ";
        text.append("  ").append(remark).append(row.key()).append(":\n");
        text.append("  ")
                .append(remark)
                .append("  endpoint: ")
                .append(row.endpoint())
                .append('\n');
        if (row.label() != null) {
            text.append("  ")
                    .append(remark)
                    .append("  label: ")
                    .append(quoted(row.label()))
                    .append('\n');
        }
        if (row.hostHeader() != null) {
            text.append("  ")
                    .append(remark)
                    .append("  host-header: ")
                    .append(row.hostHeader())
                    .append('\n');
        }
    }

    /** YAML 1.2, section 7.3.2: with single quotes, nothing but the quote itself is special. */
    private static String quoted(String text) {
        String line = text.codePoints()
                .filter(point -> !Character.isISOControl(point))
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return "'" + line.substring(0, Math.min(line.length(), 100)).replace("'", "''") + "'";
    }
}
