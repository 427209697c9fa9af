package dev.porthole.core.doctor;

import dev.porthole.core.Link;
import dev.porthole.core.agent.UpgradeProbe;
import java.io.IOException;
import java.time.Duration;

/** Whether sessions get through to the server: one is up, or the upgrade or a WebSocket would be let through. */
final class SessionExamination implements Examination {
    private static final Duration LIMIT = Duration.ofSeconds(4);

    private final String version;

    SessionExamination(String version) {
        this.version = version;
    }

    @Override
    public Answer look(Chart chart) throws IOException, InterruptedException {
        if (chart.patient().link() instanceof Link.Connected connected) {
            return Answer.of(Reason.SESSION_UP, connected.sessions());
        }
        if (!chart.serverSaid().answers()) {
            return Answer.of(Reason.NEEDS_SERVER);
        }
        UpgradeProbe.Result found = new UpgradeProbe(chart.server().base(), version, LIMIT).look();
        return switch (found.way()) {
            case UPGRADE -> Answer.of(Reason.SESSION_POSSIBLE);
            case WEB_SOCKET -> Answer.of(Reason.SESSION_IN_FRAMES, found.detail());
            case NONE -> Answer.of(Reason.SESSION_BLOCKED, found.detail());
        };
    }
}
