package dev.porthole.desktop.embedded;

import dev.porthole.core.Porthole.OwnerCodeSource;
import dev.porthole.core.PortholeException;
import dev.porthole.core.PortholeException.Kind;
import dev.porthole.core.config.LockFile;
import dev.porthole.core.config.PortholeHome;
import dev.porthole.server.admin.AdminClient;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A hold on the one background server of a home. The open connection to its admin socket is the lease: when this
 * process ends, however it ends, the lease ends with it.
 */
public final class EmbeddedServer implements OwnServer {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedServer.class);

    /** How long a cold start may take on a slow machine. */
    private static final Duration START_PATIENCE = Duration.ofSeconds(30);

    /** How often a starting server is asked whether it is there. Its end is noticed at once. */
    private static final Duration GLANCE = Duration.ofMillis(20);

    private final Path data;
    private final AdminClient lease;
    private final URI baseUri;

    private EmbeddedServer(Path data, AdminClient lease, URI baseUri) {
        this.data = data;
        this.lease = lease;
        this.baseUri = baseUri;
    }

    /**
     * Joins the home's server, or starts it and waits until it serves. Blocks; safe from any process of the home at the
     * same time.
     */
    public static OwnServer join(PortholeHome home) throws PortholeException {
        Path data = home.serverData();
        try (LockFile _ = LockFile.take(home.stateFile("server-start.lock"))) {
            Optional<OwnServer> running = tryJoin(data);
            return running.isPresent() ? running.get() : start(data);
        } catch (IOException e) {
            throw new PortholeException(
                    Kind.FAILED,
                    "This computer's own server could not be started in " + data + ": " + e.getMessage(),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PortholeException(Kind.CANCELLED, "Starting this computer's own server was interrupted.", e);
        }
    }

    @Override
    public URI baseUri() {
        return baseUri;
    }

    @Override
    public OwnerCodeSource ownerCodes() {
        return (challenge, redirect) -> {
            try (AdminClient connection = AdminClient.connect(data)) {
                return connection.ownerCode(challenge, redirect.toString());
            } catch (IOException e) {
                throw new PortholeException(
                        Kind.UNREACHABLE, "This computer's own server did not sign you in: " + e.getMessage(), e);
            }
        };
    }

    @Override
    public void close() {
        try {
            lease.close();
        } catch (IOException e) {
            LOG.debug("Closing the lease failed; the server sees the connection end anyway", e);
        }
    }

    private static OwnServer start(Path data) throws IOException, InterruptedException, PortholeException {
        ServerProcess process = ServerProcess.start(data);
        long deadline = System.nanoTime() + START_PATIENCE.toNanos();
        while (!process.endsWithin(GLANCE)) {
            Optional<OwnServer> joined = tryJoin(data);
            if (joined.isPresent()) {
                return joined.get();
            }
            if (System.nanoTime() - deadline > 0) {
                throw new PortholeException(
                        Kind.FAILED,
                        "This computer's own server did not answer within " + START_PATIENCE.toSeconds() + " s; see "
                                + process.log());
            }
        }
        String lastWords = process.lastWords();
        throw new PortholeException(
                Kind.FAILED,
                "This computer's own server could not start"
                        + (lastWords.isEmpty() ? "" : ": " + lastWords)
                        + " (more in " + process.log() + ")");
    }

    /** Takes a lease of the running server; empty if there is none, or it is just ending. */
    private static Optional<OwnServer> tryJoin(Path data) {
        AdminClient connection;
        try {
            connection = AdminClient.connect(data);
        } catch (IOException nobodyListens) {
            return Optional.empty();
        }
        try {
            connection.lease();
            URI baseUri = URI.create(connection.status().address());
            return Optional.of(new EmbeddedServer(data, connection, baseUri));
        } catch (IOException ending) {
            LOG.debug("The admin socket at {} gave no lease", data, ending);
            try {
                connection.close();
            } catch (IOException closed) {
                ending.addSuppressed(closed);
            }
            return Optional.empty();
        }
    }
}
