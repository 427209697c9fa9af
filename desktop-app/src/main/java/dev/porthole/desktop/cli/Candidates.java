package dev.porthole.desktop.cli;

import java.util.Collections;
import java.util.Iterator;

/** What a shell can complete only by asking: marks an option or an argument for the completion scripts. */
abstract sealed class Candidates implements Iterable<String> {
    /** The word that {@code porthole __candidates} takes for it. */
    abstract String kind();

    /** None: picocli's own lists would be made at start, and asked for in each help. */
    @Override
    public final Iterator<String> iterator() {
        return Collections.emptyIterator();
    }

    static final class OfTunnels extends Candidates {
        @Override
        String kind() {
            return "tunnels";
        }
    }

    static final class OfProjects extends Candidates {
        @Override
        String kind() {
            return "projects";
        }
    }

    static final class OfConnectors extends Candidates {
        @Override
        String kind() {
            return "connectors";
        }
    }

    static final class OfKeys extends Candidates {
        @Override
        String kind() {
            return "keys";
        }
    }
}
