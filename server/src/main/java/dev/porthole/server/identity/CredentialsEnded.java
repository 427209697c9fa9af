package dev.porthole.server.identity;

/** Told at once when a credential has ended (logout, revocation, reuse), so that its sessions end too. */
@FunctionalInterface
public interface CredentialsEnded {
    /**
     * Called after the end is stored, on the thread of whoever ended it; must not throw.
     *
     * @param credential the id that {@link Principal#credential()} gave
     */
    void ended(String credential);
}
