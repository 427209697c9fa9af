package dev.porthole.core.doctor;

import dev.porthole.core.TunnelState;
import dev.porthole.core.api.Endpoint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Whether what is shared from here accepts connections, or is there. Connects, and says nothing to the app. */
final class EndpointExamination implements Examination {
    private static final int LIMIT_MILLIS = 3000;

    @Override
    public Answer look(Chart chart) {
        List<String> open = new ArrayList<>();
        List<String> closed = new ArrayList<>();
        for (TunnelState state : chart.patient().carried()) {
            Endpoint endpoint = state.tunnel().endpoint();
            (isThere(endpoint) ? open : closed).add(endpoint.shown());
        }
        if (!closed.isEmpty()) {
            return Answer.of(Reason.ENDPOINT_CLOSED, String.join(", ", closed));
        }
        return open.isEmpty()
                ? Answer.of(Reason.ENDPOINT_NONE)
                : Answer.of(Reason.ENDPOINT_OPEN, String.join(", ", open));
    }

    private static boolean isThere(Endpoint endpoint) {
        if (endpoint.isFolder()) {
            return Files.isReadable(Path.of(endpoint.uri()));
        }
        try {
            // Each of its addresses: an app on ::1 alone is there too.
            for (InetAddress address : InetAddress.getAllByName(endpoint.host())) {
                if (accepts(new InetSocketAddress(address, endpoint.port()))) {
                    return true;
                }
            }
        } catch (IOException unknown) {
            return false;
        }
        return false;
    }

    private static boolean accepts(InetSocketAddress address) {
        try (Socket socket = new Socket()) {
            socket.connect(address, LIMIT_MILLIS);
            return true;
        } catch (IOException refused) {
            return false;
        }
    }
}
