package dev.porthole.server.console;

import dev.porthole.core.api.Condition;
import dev.porthole.core.api.Tunnel;
import org.jspecify.annotations.Nullable;

/** A tunnel in the words that people see: the same as the app's. */
public record TunnelLine(Tunnel tunnel) {
    /** The colour of the dot: {@code good}, {@code waiting}, {@code bad} or {@code off}. */
    public String dot() {
        if (!tunnel.enabled()) {
            return "off";
        }
        if (tunnel.ready()) {
            return "good";
        }
        return reason().equals("Probing") || reason().isEmpty() ? "waiting" : "bad";
    }

    /** The state in a word or three. */
    public String words() {
        if (!tunnel.enabled()) {
            return "off";
        }
        if (tunnel.ready()) {
            return "ready";
        }
        return switch (reason()) {
            case "", "Probing" -> "starting";
            case "NoSession", "LeaseExpired" -> "offline";
            case "EndpointRefused" -> "app not running";
            case "EndpointGone" -> "folder not there";
            case "PortTaken" -> "port taken";
            default -> "not answering";
        };
    }

    /** What that means, if it needs saying. */
    public @Nullable String explanation() {
        if (!dot().equals("bad")) {
            return null;
        }
        return switch (reason()) {
            case "NoSession", "LeaseExpired" -> "No computer carries this tunnel now. Visitors see an error page.";
            case "EndpointRefused" ->
                "Nothing listens on " + tunnel.endpoint().shown() + ". Visitors see an error page.";
            case "EndpointGone" ->
                "The folder " + tunnel.endpoint().shown() + " is not there any more. Visitors see an error page.";
            default ->
                tunnel.condition(Condition.Type.Ready).map(Condition::message).orElse("");
        };
    }

    /** Whether a browser can open its address. */
    public boolean opens() {
        return tunnel.url().startsWith("http");
    }

    private String reason() {
        return tunnel.condition(Condition.Type.Ready).map(Condition::reason).orElse("");
    }
}
