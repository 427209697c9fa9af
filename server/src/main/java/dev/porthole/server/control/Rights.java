package dev.porthole.server.control;

import dev.porthole.core.api.Role;
import java.util.Set;

/**
 * What each role may do in its organization and in all of its projects: the one table. Whose keys a member may end or
 * rotate, their own, {@link KeysResource} says.
 */
final class Rights {
    private static final Set<Scope> MEMBERS_CHANGE =
            Set.of(Scope.TUNNELS_WRITE, Scope.CONNECTORS_WRITE, Scope.CONNECTORS_BEAT, Scope.CONNECT, Scope.KEYS_WRITE);

    private Rights() {}

    static boolean may(Role role, Scope scope) {
        return switch (role) {
            case owner -> true;
            case member -> scope.reads() || MEMBERS_CHANGE.contains(scope);
            case viewer -> scope.reads();
        };
    }
}
