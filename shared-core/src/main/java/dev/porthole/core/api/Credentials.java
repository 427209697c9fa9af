package dev.porthole.core.api;

import java.io.IOException;
import java.util.Optional;

/** What a call shows in {@code Authorization: Bearer}. Asked on the calling thread; may block. */
public interface Credentials {
    /**
     * A token that is good for now.
     *
     * @throws ProblemException with status 401 if there is none any more
     */
    String token() throws ProblemException, IOException, InterruptedException;

    /** Another token in place of one that the server just refused with 401; empty if there is no other to be had. */
    default Optional<String> insteadOf(String refused) throws ProblemException, IOException, InterruptedException {
        return Optional.empty();
    }

    /** An API key, which nothing renews. */
    static Credentials ofKey(String key) {
        return () -> key;
    }
}
