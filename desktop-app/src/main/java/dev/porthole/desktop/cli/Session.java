package dev.porthole.desktop.cli;

import dev.porthole.core.Porthole;
import dev.porthole.core.PortholeException;
import dev.porthole.core.PortholeException.Kind;
import dev.porthole.core.SignIn;
import dev.porthole.core.api.Project;
import dev.porthole.desktop.embedded.OwnServer;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One command's use of the core, and its hold on this computer's own server while it needs that. */
final class Session implements AutoCloseable {
    private final Surroundings surroundings;
    private final CommonOptions options;
    private final Porthole porthole;
    private @Nullable OwnServer ownServer;
    private boolean stopTunnels;
    private boolean closed;

    private Session(Surroundings surroundings, CommonOptions options, Porthole porthole) {
        this.surroundings = surroundings;
        this.options = options;
        this.porthole = porthole;
    }

    /** For a question or two: nothing is followed. */
    static Session open(Surroundings surroundings, CommonOptions options) throws PortholeException {
        return open(surroundings, options, null);
    }

    /** The same with a project for this call, unless an option or the environment names one. */
    static Session open(Surroundings surroundings, CommonOptions options, @Nullable String project)
            throws PortholeException {
        Porthole.Options chosen = chosen(surroundings, options, project).forOneQuestion();
        return new Session(surroundings, options, surroundings.core().open(chosen));
    }

    /** For a question to which it does not matter who asks. */
    static Session openWithoutKey(Surroundings surroundings, CommonOptions options) throws PortholeException {
        Porthole.Options chosen = new Porthole.Options(
                options.server(surroundings.environment()),
                options.project(surroundings.environment()),
                null,
                surroundings.version());
        return new Session(surroundings, options, surroundings.core().open(chosen.forOneQuestion()));
    }

    /** For a command that goes on, and goes by what changes. */
    static Session openFollowing(Surroundings surroundings, CommonOptions options, @Nullable String project)
            throws PortholeException {
        Porthole.Options chosen = chosen(surroundings, options, project);
        return new Session(surroundings, options, surroundings.core().open(chosen));
    }

    private static Porthole.Options chosen(Surroundings surroundings, CommonOptions options, @Nullable String project) {
        String given = options.project(surroundings.environment());
        return new Porthole.Options(
                options.server(surroundings.environment()),
                given == null ? project : given,
                surroundings.environment().get("PORTHOLE_API_KEY"),
                surroundings.version());
    }

    private Terminal terminal() {
        return options.heard(surroundings.terminal());
    }

    Porthole porthole() {
        return porthole;
    }

    /** Who is signed in; an embedded server is running when this returns. */
    SignIn.SignedIn requireSignIn() throws PortholeException {
        return switch (porthole.signIn().get()) {
            case SignIn.SignedIn signedIn -> signedIn.embedded() ? signInAsOwner(signedIn) : signedIn;
            case SignIn.Expired expired when expired.embedded() -> signInAsOwner(null);
            case SignIn.Expired expired ->
                throw new PortholeException(
                        Kind.NOT_SIGNED_IN,
                        "The sign-in at " + expired.server() + " has ended. Run: porthole auth login");
            case SignIn.SigningIn _, SignIn.SignedOut _ ->
                throw new PortholeException(Kind.NOT_SIGNED_IN, "Not signed in. Run: porthole auth login");
        };
    }

    /** As {@link #requireSignIn}, but whoever has chosen no server gets this computer's own, without a question. */
    SignIn.SignedIn requireSignInAnywhere() throws PortholeException {
        boolean nothingChosen = porthole.signIn().get() instanceof SignIn.SignedOut
                && options.server(surroundings.environment()) == null
                && porthole.config().config().get().server().isEmpty();
        return nothingChosen ? signInAsOwner(null) : requireSignIn();
    }

    /** The project to work in: the active one, the only one, or the one that the person picks. */
    Project requireProject() throws PortholeException {
        Optional<Project> confirmed = porthole.confirmProject();
        return confirmed.isPresent() ? confirmed.get() : new ProjectPrompt(surroundings.terminal()).pick(porthole);
    }

    /** Lets closing turn off what this process carries. */
    void stopTunnelsOnClose() {
        stopTunnels = true;
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        List<String> stillOn = porthole.close(stopTunnels);
        if (!stillOn.isEmpty()) {
            terminal()
                    .say("The server did not confirm in time that these are off: " + String.join(", ", stillOn)
                            + ". Nobody serves them any more; porthole tunnel list shows what the server knows.");
        }
        if (ownServer != null) {
            ownServer.close();
        }
    }

    private SignIn.SignedIn signInAsOwner(SignIn.@Nullable SignedIn before) throws PortholeException {
        if (before == null) {
            terminal().say("Starting this computer's own server...");
        }
        OwnServer joined = surroundings.ownServer().join();
        ownServer = joined;
        if (before != null && before.server().equals(joined.baseUri())) {
            return before;
        }
        return porthole.signInAsOwner(joined.baseUri(), joined.ownerCodes());
    }

    /** The projects, or a clear word that there are none. */
    static List<Project> projectsOf(Porthole porthole) throws PortholeException {
        List<Project> projects = porthole.projects();
        if (projects.isEmpty()) {
            throw new PortholeException(
                    Kind.NOT_FOUND, "You are in no project yet: ask for an invitation, or make one in the console.");
        }
        return projects;
    }
}
