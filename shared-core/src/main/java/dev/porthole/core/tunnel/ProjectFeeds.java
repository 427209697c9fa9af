package dev.porthole.core.tunnel;

import dev.porthole.core.api.ControlPlaneClient;
import dev.porthole.core.api.ProblemException;
import dev.porthole.core.api.Tunnel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** The projects that are followed: the one that is looked at, and those that something is carried of. Any thread. */
final class ProjectFeeds implements AutoCloseable {
    private final ControlPlaneClient client;
    private final Consumer<ProblemException> refused;
    private final Runnable changed;
    private final BiConsumer<String, String> heard;
    private final Map<String, ProjectFeed> feeds = new HashMap<>();
    private boolean closed;

    /**
     * {@code refused} is told when the server does not let a project be followed, {@code changed} of all that is new of
     * tunnels, {@code heard} of a project and the type of an event of it, as {@link ProjectFeed} says it.
     */
    ProjectFeeds(
            ControlPlaneClient client,
            Consumer<ProblemException> refused,
            Runnable changed,
            BiConsumer<String, String> heard) {
        this.client = client;
        this.refused = refused;
        this.changed = changed;
        this.heard = heard;
    }

    /** The project's feed; from now on it is followed. */
    ProjectFeed of(String project) {
        ProjectFeed feed;
        synchronized (feeds) {
            ProjectFeed known = feeds.get(project);
            if (known != null) {
                return known;
            }
            feed = new ProjectFeed(client, project, refused, type -> heard.accept(project, type));
            if (closed) {
                feed.close();
                return feed;
            }
            feeds.put(project, feed);
        }
        // Outside of the monitor: observers come back here for what is true now.
        feed.view().subscribe(_ -> changed.run());
        return feed;
    }

    /** The project's feed, if it is followed. */
    Optional<ProjectFeed> existing(String project) {
        synchronized (feeds) {
            return Optional.ofNullable(feeds.get(project));
        }
    }

    /** Takes an answer to a call of our own where its project is followed. */
    void learn(Tunnel tunnel) {
        existing(tunnel.project()).ifPresent(feed -> feed.learn(tunnel));
    }

    /** Follows only these from now on. */
    void keepOnly(Predicate<String> wanted) {
        List<ProjectFeed> idle = new ArrayList<>();
        synchronized (feeds) {
            feeds.entrySet().removeIf(entry -> {
                boolean unwanted = !wanted.test(entry.getKey());
                if (unwanted) {
                    idle.add(entry.getValue());
                }
                return unwanted;
            });
        }
        idle.forEach(ProjectFeed::close);
    }

    /** Follows the same projects anew: what the server refused it may allow now. */
    void reopen() {
        List<String> followed = List.copyOf(all().keySet());
        keepOnly(_ -> false);
        followed.forEach(this::of);
    }

    /** All feeds, by project. */
    Map<String, ProjectFeed> all() {
        synchronized (feeds) {
            return Map.copyOf(feeds);
        }
    }

    /** A tunnel of any project that is followed. */
    Optional<Tunnel> find(String id) {
        return all().values().stream()
                .flatMap(feed -> feed.view().get().tunnel(id).stream())
                .findFirst();
    }

    @Override
    public void close() {
        synchronized (feeds) {
            closed = true;
        }
        keepOnly(_ -> false);
    }
}
