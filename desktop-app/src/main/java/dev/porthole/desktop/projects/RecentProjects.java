package dev.porthole.desktop.projects;

import dev.porthole.core.config.ConfigFile;
import dev.porthole.desktop.ui.Tasks;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which projects were worked in last, kept in {@code config.yml} with the app's other choices. */
final class RecentProjects {
    /** How many are kept. */
    static final int KEPT = 5;

    private static final Logger LOG = LoggerFactory.getLogger(RecentProjects.class);
    private static final String PREFERENCE = "recent-projects";

    private final ConfigFile file;
    private final Tasks tasks;

    RecentProjects(ConfigFile file, Tasks tasks) {
        this.file = file;
        this.tasks = tasks;
    }

    /** Ids, the last one first. */
    List<String> ids() {
        return listed(file.config().get().preference(PREFERENCE).orElse(""));
    }

    /** Someone works in it now. */
    void used(String id) {
        tasks.create(() -> file.update(config -> {
                    Stream<String> before = listed(config.preference(PREFERENCE).orElse("")).stream();
                    List<String> now = Stream.concat(Stream.of(id), before)
                            .distinct()
                            .limit(KEPT)
                            .toList();
                    return config.withPreference(PREFERENCE, String.join(" ", now));
                }))
                .onError(failure -> LOG.warn("could not save {}", PREFERENCE, failure))
                .start();
    }

    private static List<String> listed(String kept) {
        return Arrays.stream(kept.split(" ", -1))
                .filter(id -> !id.isBlank())
                .limit(KEPT)
                .toList();
    }
}
