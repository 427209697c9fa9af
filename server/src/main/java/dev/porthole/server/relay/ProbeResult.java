package dev.porthole.server.relay;

import java.time.Duration;

/** What became of a request that the server sent to its own public address. */
public sealed interface ProbeResult {
    /** It went through the public listener and the session to the agent, whose endpoint takes connections, and back. */
    record Answered(Duration roundTrip) implements ProbeResult {}

    /** The agent answered, and its endpoint refused the connection or did not answer in time. */
    record EndpointRefused(String detail) implements ProbeResult {}

    /** The tunnel's own port is not this server's to open: another program has it. */
    record PortTaken(int port, String by) implements ProbeResult {}

    /** It did not come back, or not from this tunnel's agent. */
    record NotAnswered(String reason) implements ProbeResult {}
}
