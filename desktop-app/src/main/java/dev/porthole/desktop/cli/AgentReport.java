package dev.porthole.desktop.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.porthole.core.Link;
import dev.porthole.core.api.ConnectorState;
import dev.porthole.core.api.Tunnel;
import dev.porthole.core.headless.HeadlessAgent;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
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

    /** RFC 3339, to the millisecond. */
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSXXX", Locale.ROOT);

    private final Terminal terminal;
    private final boolean json;
    private final InstantSource clock;
    private boolean connected;
    private String lastTrouble = "";

    AgentReport(Terminal terminal, boolean json, InstantSource clock) {
        this.terminal = terminal;
        this.json = json;
        this.clock = clock;
    }

    @Override
    public void recognised(ConnectorState state) {
        tell(
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
        tell("carries", tunnel.url() + " -> " + tunnel.endpoint(), tunnel.id());
    }

    @Override
    public void drops(Tunnel tunnel) {
        tell("drops", tunnel.url(), tunnel.id());
    }

    @Override
    public void declined(Tunnel tunnel, String why) {
        tell("declined", tunnel.url() + ": " + why, tunnel.id());
    }

    @Override
    public synchronized void link(Link link) {
        switch (link) {
            case Link.Connected _ -> {
                if (!connected) {
                    connected = true;
                    lastTrouble = "";
                    tell("connected", "the server reaches this agent", null);
                }
            }
            case Link.Reconnecting again -> {
                lost();
                trouble("reconnecting", again.reason());
            }
            case Link.SignInNeeded _, Link.Connecting _, Link.Idle _ -> lost();
        }
    }

    /** It ended because someone said so. */
    void stopped() {
        tell("stopped", "", null);
    }

    private void lost() {
        if (connected) {
            connected = false;
            tell("disconnected", "the last session has ended", null);
        }
    }

    /** The same trouble is told once until something else happens. */
    private synchronized void trouble(String event, String why) {
        if (!why.equals(lastTrouble)) {
            lastTrouble = why;
            tell(event, why, null);
        }
    }

    private void tell(String event, String detail, @Nullable String tunnel) {
        String at = TIME.format(clock.instant().atOffset(ZoneOffset.UTC));
        if (json) {
            terminal.print(Json.of(new Event(event, at, detail, tunnel)));
        } else {
            terminal.say(at + " " + event + (detail.isEmpty() ? "" : ": " + Printable.of(detail)));
        }
    }
}
