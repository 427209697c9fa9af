package dev.porthole.core.doctor;

import dev.porthole.core.api.ServerAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** What the checks of one visit know: the patient, and what the server said to the check that asks it. */
final class Chart {
    private final Patient patient;
    private final CompletableFuture<ServerSaid> said = new CompletableFuture<>();

    /**
     * What the server's first answer told.
     *
     * @param answers whether it is a Porthole server that answers
     * @param secondsAhead by how much this computer's clock is ahead of the server's; null if it did not say its time
     */
    record ServerSaid(
            boolean answers,
            @org.jspecify.annotations.Nullable Long secondsAhead) {
        static final ServerSaid NOTHING = new ServerSaid(false, null);
    }

    Chart(Patient patient) {
        this.patient = patient;
    }

    Patient patient() {
        return patient;
    }

    /** The server; checks are asked only where there is one. */
    ServerAddress server() {
        ServerAddress server = patient.server();
        if (server == null) {
            throw new IllegalStateException("no server to look at");
        }
        return server;
    }

    void serverSaid(ServerSaid what) {
        said.complete(what);
    }

    /** Waits for the check that asks the server. */
    ServerSaid serverSaid() throws InterruptedException {
        try {
            return said.get();
        } catch (ExecutionException never) {
            return ServerSaid.NOTHING;
        }
    }
}
