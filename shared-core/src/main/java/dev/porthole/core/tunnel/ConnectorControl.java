package dev.porthole.core.tunnel;

import dev.porthole.core.agent.AgentControl;
import dev.porthole.core.agent.ControlException;
import dev.porthole.core.agent.ControlException.Reason;
import dev.porthole.core.api.ConnectToken;
import dev.porthole.core.api.ConnectTokenRequest;
import dev.porthole.core.api.ControlPlaneClient;
import dev.porthole.core.api.Heartbeat;
import dev.porthole.core.api.Lease;
import dev.porthole.core.api.ProblemException;
import java.io.IOException;
import java.net.ConnectException;

/** An agent's questions to the control plane, asked with the client's own credential. */
public record ConnectorControl(ControlPlaneClient client, String project, String connector) implements AgentControl {
    private interface Question<T> {
        T ask() throws ProblemException, IOException, InterruptedException;
    }

    @Override
    public ConnectToken fetchConnectToken() throws ControlException, InterruptedException {
        return ask(() -> client.connectToken(new ConnectTokenRequest(connector)));
    }

    @Override
    public Lease heartbeat(String instance, Heartbeat heartbeat) throws ControlException, InterruptedException {
        return ask(() -> client.heartbeat(project, connector, instance, heartbeat));
    }

    @Override
    public void leave(String instance) throws ControlException, InterruptedException {
        boolean _ = ask(() -> {
            client.endInstance(project, connector, instance);
            return true;
        });
    }

    private static <T> T ask(Question<T> question) throws ControlException, InterruptedException {
        try {
            return question.ask();
        } catch (ProblemException problem) {
            throw new ControlException(reason(problem), problem);
        } catch (IOException silent) {
            String detail = silent.getMessage();
            boolean refused = silent instanceof ConnectException;
            throw new ControlException(new Reason.Unreachable(detail == null ? "" : detail, refused), silent);
        }
    }

    private static Reason reason(ProblemException problem) {
        String detail = problem.getMessage();
        return switch (problem.status()) {
            case 401 -> new Reason.Unauthorized();
            case 404, 410 -> new Reason.Gone();
            default -> new Reason.Refused(problem.status(), detail == null ? "" : detail);
        };
    }
}
