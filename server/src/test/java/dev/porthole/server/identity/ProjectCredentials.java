package dev.porthole.server.identity;

import dev.porthole.server.store.Store;
import java.time.InstantSource;

/** Keys on a database whose sign-ins are a test's own; uses are noted at once, on the caller's thread. */
public record ProjectCredentials(ApiKeys apiKeys, Departures departures) {
    /**
     * Those of a database.
     *
     * @param ended told of each ended credential, on a thread of its own
     */
    public static ProjectCredentials in(Store store, InstantSource clock, CredentialsEnded ended) {
        Credentials credentials = new Credentials(store, clock, ended);
        return new ProjectCredentials(
                new ApiKeys(store, credentials, new KeyUse(store, clock, Runnable::run), clock),
                new Departures(store, credentials));
    }
}
