package dev.porthole.desktop.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.porthole.core.Link;
import dev.porthole.core.PortholeException;
import dev.porthole.core.api.ConnectorState;
import dev.porthole.core.api.Tunnel;
import dev.porthole.core.headless.HeadlessAgent;
import dev.porthole.core.traffic.PassedRequest;
import dev.porthole.desktop.cli.AgentLogOptions.Level;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * What a headless agent says of itself: a line for people on standard error, or an object a line on standard output,
 * each with its time. Called on several threads.
 */
final class AgentReport implements HeadlessAgent.Listener {
    /** As JSON has it. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Event(
            String event,
            String at,
            String detail,
            @Nullable String tunnel) {}

    private final Terminal terminal;
    private final AgentLines lines;
    private final boolean json;
    private final InstantSource clock;
    private boolean connected;
    private String lastTrouble = "";

    /** {@code json}: whether it tells on standard output, instead of in its log. */
    AgentReport(Terminal terminal, AgentLines lines, boolean json, InstantSource clock) {
        this.terminal = terminal;
        this.lines = lines;
        this.json = json;
        this.clock = clock;
    }

    @Override
    public void recognised(ConnectorState state) {
        tell(
                Level.info,
                "recognised",
                "connector " + state.connector().name() + " of "
                        + state.project().name(),
                null);
    }

    @Override
    public void waiting(String reason) {
        trouble("waiting", reason);
    }

    @Override
    public void carries(Tunnel tunnel) {
        tell(Level.info, "carries", tunnel.url() + " -> " + tunnel.endpoint(), tunnel.id());
    }

    @Override
    public void drops(Tunnel tunnel) {
        tell(Level.info, "drops", tunnel.url(), tunnel.id());
    }

    @Override
    public void declined(Tunnel tunnel, String why) {
        tell(Level.warn, "declined", tunnel.url() + ": " + why, tunnel.id());
    }

    @Override
    public synchronized void link(Link link) {
        switch (link) {
            case Link.Connected _ -> {
                if (!connected) {
                    connected = true;
                    lastTrouble = "";
                    tell(Level.info, "connected", "the server reaches this agent", null);
                }
            }
            case Link.Reconnecting again -> {
                lost();
                trouble("reconnecting", again.reason());
            }
            case Link.SignInNeeded _, Link.Connecting _, Link.Idle _ -> lost();
        }
    }

    /** A visitor's request is over. */
    void passed(PassedRequest request) {
        ShareEvent.Request line = ShareEvent.Request.of(request);
        if (json) {
            terminal.print(Json.of(line));
        } else {
            lines.event(
                    clock.instant(), Level.info, "request", line.shortly() + " (" + line.request() + ")", line.id());
        }
    }

    /** Where probes are answered. */
    void probed(InetSocketAddress address) {
        tell(
                Level.info,
                "health",
                "http://" + address.getAddress().getHostAddress() + ":" + address.getPort() + "/health",
                null);
    }

    /** It ends by a refusal, which whoever ends the command says to people. */
    PortholeException ended(PortholeException why) {
        String message = String.valueOf(why.getMessage());
        if (json || lines.isJson()) {
            tell(Level.error, "error", message, null);
        }
        return why;
    }

    /** It ended because someone said so. */
    void stopped() {
        tell(Level.info, "stopped", "", null);
    }

    private void lost() {
        if (connected) {
            connected = false;
            tell(Level.warn, "disconnected", "the last session has ended", null);
        }
    }

    /** The same trouble is told once until something else happens. */
    private synchronized void trouble(String event, String why) {
        if (!why.equals(lastTrouble)) {
            lastTrouble = why;
            tell(Level.warn, event, why, null);
        }
    }

    private void tell(Level level, String event, String detail, @Nullable String tunnel) {
        Instant now = clock.instant();
        if (json) {
            terminal.print(Json.of(new Event(event, lines.time(now), detail, tunnel)));
        } else {
            lines.event(now, level, event, detail, tunnel);
        }
    }
}
