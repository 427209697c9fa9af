package dev.porthole.core.tunnel;

import dev.porthole.core.api.ApiJson;
import dev.porthole.core.api.ControlPlaneClient;
import dev.porthole.core.api.EventStream;
import dev.porthole.core.api.ProblemException;
import dev.porthole.core.api.ProjectEvent;
import dev.porthole.core.api.Tunnel;
import dev.porthole.core.observe.Observable;
import dev.porthole.core.observe.Observed;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * One project's tunnels as the server has them: read when the event stream opens, kept by its events. Safe from any
 * thread.
 */
final class ProjectFeed implements AutoCloseable {
    /**
     * What is known.
     *
     * @param tunnels by id, in the server's order
     * @param refusal why the server does not let the project be followed
     */
    record View(Map<String, Tunnel> tunnels, Optional<ProblemException> refusal) {
        static final View NOTHING = new View(Map.of(), Optional.empty());

        Optional<Tunnel> tunnel(String id) {
            return Optional.ofNullable(tunnels.get(id));
        }

        View with(Consumer<Map<String, Tunnel>> change) {
            Map<String, Tunnel> changed = new LinkedHashMap<>(tunnels);
            change.accept(changed);
            return new View(changed, refusal);
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(ProjectFeed.class);

    private final ControlPlaneClient client;
    private final String project;
    private final Consumer<ProblemException> refused;
    private final Consumer<String> heard;
    private final Observed<View> view = new Observed<>(View.NOTHING);
    private final EventStream stream;

    /**
     * Starts to follow; {@code refused} is told, once, if that is not allowed, and {@code heard} the type of each
     * event, or (empty) that the stream opened and anything may have changed.
     */
    ProjectFeed(ControlPlaneClient client, String project, Consumer<ProblemException> refused, Consumer<String> heard) {
        this.client = client;
        this.project = project;
        this.refused = refused;
        this.heard = heard;
        this.stream = EventStream.open(client, project, new Changes());
    }

    Observable<View> view() {
        return view;
    }

    /**
     * Takes an answer to a call of our own, unless an event was faster: events of the same version may know more, since
     * conditions change without a new version.
     */
    void learn(Tunnel tunnel) {
        view.update(now -> now.with(tunnels -> tunnels.merge(
                tunnel.id(), tunnel, (known, given) -> given.version() > known.version() ? given : known)));
    }

    /** It was deleted by a call of our own. */
    void forget(String tunnel) {
        view.update(now -> now.with(tunnels -> tunnels.remove(tunnel)));
    }

    @Override
    public void close() {
        stream.close();
    }

    private final class Changes implements EventStream.Listener {
        @Override
        public void connected() throws ProblemException, IOException, InterruptedException {
            Map<String, Tunnel> listed = new LinkedHashMap<>();
            client.tunnels(project).forEach(tunnel -> listed.put(tunnel.id(), tunnel));
            view.set(new View(listed, Optional.empty()));
            heard.accept("");
        }

        @Override
        public void event(ProjectEvent event) {
            JsonNode data = event.data();
            if (event.type().equals("tunnel.deleted")) {
                forget(event.resource());
            } else if (event.type().startsWith("tunnel.") && data != null && !data.isNull()) {
                try {
                    Tunnel changed = ApiJson.LENIENT.treeToValue(data, Tunnel.class);
                    view.update(now -> now.with(tunnels -> tunnels.merge(
                            changed.id(),
                            changed,
                            (known, given) -> given.version() >= known.version() ? given : known)));
                } catch (JacksonException broken) {
                    LOG.warn(
                            "{} of project {} is not understood: {}",
                            event.type(),
                            project,
                            broken.getOriginalMessage());
                }
            }
            heard.accept(event.type());
        }

        @Override
        public void interrupted(IOException reason) {
            LOG.debug("events of project {}: {}", project, reason.getMessage());
        }

        @Override
        public void refused(ProblemException problem) {
            view.update(now -> new View(now.tunnels(), Optional.of(problem)));
            refused.accept(problem);
            heard.accept("project.refused");
        }
    }
}
