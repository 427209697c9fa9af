package dev.porthole.server.audit;

import org.jspecify.annotations.Nullable;

/**
 * Who does something.
 *
 * @param id a user's, key's or connector's id, or {@code server}
 * @param address the visitor's network address, if it came from outside
 * @param credential the id of what the visitor showed, if anything
 */
public record Actor(
        String id, @Nullable String address, @Nullable String credential) {
    /** The server by itself, such as when a lease ends. */
    public static final Actor SERVER = new Actor("server", null);

    /** Without a credential. */
    public Actor(String id, @Nullable String address) {
        this(id, address, null);
    }
}
