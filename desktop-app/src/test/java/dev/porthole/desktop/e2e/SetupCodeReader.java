package dev.porthole.desktop.e2e;

import dev.porthole.server.Composition;
import dev.porthole.server.IdentitySide;
import dev.porthole.server.PublicSide;
import dev.porthole.server.relay.RouteTable;
import dev.porthole.server.relay.SessionAuthority;
import dev.porthole.server.relay.SessionEvents;

/** The real parts of a server, of which a test reads the one-time code that otherwise stands in the log. */
final class SetupCodeReader implements Composition {
    private final Composition real;
    private String code = "";

    SetupCodeReader(Composition real) {
        this.real = real;
    }

    String code() {
        return code;
    }

    @Override
    public PublicSide edge(EdgeNeeds needs, RouteTable routes, SessionAuthority authority, SessionEvents events) {
        return real.edge(needs, routes, authority, events);
    }

    @Override
    public IdentitySide identity(IdentityNeeds needs) {
        IdentitySide identity = real.identity(needs);
        code = identity.setupCode().orElseThrow();
        return identity;
    }
}
