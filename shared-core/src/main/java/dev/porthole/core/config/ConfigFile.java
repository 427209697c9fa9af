package dev.porthole.core.config;

import dev.porthole.core.observe.Observable;
import dev.porthole.core.observe.Observed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tools.jackson.dataformat.yaml.YAMLWriteFeature;

/**
 * {@code config.yml}: read at start, followed while open, saved whole or not at all.
 *
 * <p>App and command line each have one of these on the same file: a change is made under a lock, on top of what the
 * file says at that moment, and the others see it. A file that can't be read is left alone and said in
 * {@link #problem}; the first save after that moves it aside.
 *
 * <p>Threads: any. Observers are called on the thread that saved, or on the watching one.
 */
public final class ConfigFile implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ConfigFile.class);
    private static final TypeReference<Map<String, Object>> FIELDS = new TypeReference<>() {};

    private final Path file;
    private final InstantSource clock;
    private final Observed<Config> config = new Observed<>(Config.EMPTY);
    private final Observed<Optional<String>> problem = new Observed<>(Optional.empty());
    private @Nullable FileWatch watch;

    /** Reads the file; a missing one is an empty one. Nothing is written before the first {@link #update}. */
    public ConfigFile(Path file, InstantSource clock) {
        this.file = file.toAbsolutePath();
        this.clock = clock;
        reload();
    }

    /**
     * What a file says, for whoever can do without: nothing is followed, and nothing is said of a file that can't be
     * read. The first reading in a process takes a tenth of a second, here as anywhere.
     */
    public static Optional<Config> peek(Path file) {
        try {
            return Optional.of(read(file));
        } catch (IOException | JacksonException unreadable) {
            LOG.debug("{} can't be read: {}", file, oneLine(unreadable));
            return Optional.empty();
        }
    }

    /** What the file says, last seen. */
    public Observable<Config> config() {
        return config;
    }

    /** One sentence while the file can't be read. */
    public Observable<Optional<String>> problem() {
        return problem;
    }

    /** Changes the file; {@code change} gets what it says now. Nothing is written if nothing changes. */
    public void update(UnaryOperator<Config> change) throws IOException {
        try (LockFile _ = LockFile.take(file.resolveSibling(file.getFileName() + ".lock"))) {
            Config before = readOrMoveAside();
            Config after = change.apply(before);
            if (!after.equals(before)) {
                if (Files.exists(file)) {
                    Files.copy(
                            file,
                            file.resolveSibling(file.getFileName() + ".bak"),
                            StandardCopyOption.REPLACE_EXISTING);
                }
                PrivateFiles.replace(file, Yaml.MAPPER.writeValueAsBytes(after.fields()));
            }
        }
        reload();
    }

    /** Starts to follow what other processes save; until {@link #close}. */
    public synchronized void watch() throws IOException {
        if (watch == null) {
            watch = FileWatch.start(file, this::reload);
            reload();
        }
    }

    @Override
    public synchronized void close() {
        if (watch != null) {
            watch.close();
            watch = null;
        }
    }

    private synchronized void reload() {
        try {
            config.set(read());
            problem.set(Optional.empty());
        } catch (IOException | JacksonException unreadable) {
            String said = file + " can't be read (" + oneLine(unreadable) + "); it is left as it is and its last good"
                    + " values are used";
            LOG.warn("{}", said);
            problem.set(Optional.of(said));
        }
    }

    private Config readOrMoveAside() throws IOException {
        try {
            return read();
        } catch (JacksonException unreadable) {
            Path aside = file.resolveSibling(file.getFileName() + ".unreadable-" + clock.millis());
            Files.move(file, aside);
            LOG.warn("{} could not be read and is kept as {}", file, aside);
            return config.get();
        }
    }

    private Config read() throws IOException {
        return read(file);
    }

    private static Config read(Path file) throws IOException {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(file);
        } catch (NoSuchFileException none) {
            return Config.EMPTY;
        }
        Map<String, Object> fields = Yaml.MAPPER.readValue(bytes, FIELDS);
        return fields == null ? Config.EMPTY : new Config(fields);
    }

    private static String oneLine(Exception problem) {
        String message = problem instanceof JacksonException broken ? broken.getOriginalMessage() : problem.toString();
        return message == null
                ? problem.getClass().getSimpleName()
                : message.lines().findFirst().orElse("");
    }

    /** Made for a file that is there: a tenth of a second that the command line has not without one. */
    private static final class Yaml {
        static final YAMLMapper MAPPER = YAMLMapper.builder()
                .disable(YAMLWriteFeature.WRITE_DOC_START_MARKER)
                .enable(YAMLWriteFeature.MINIMIZE_QUOTES)
                .build();
    }
}
