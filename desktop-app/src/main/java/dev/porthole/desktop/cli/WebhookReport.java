package dev.porthole.desktop.cli;

import dev.porthole.core.Porthole;
import dev.porthole.core.TunnelState;
import dev.porthole.core.agent.AgentTime;
import dev.porthole.core.declared.DeclaredGitHubApp;
import dev.porthole.core.observe.Subscription;
import dev.porthole.core.traffic.Traffic;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tells a share's news on, and has an app's webhook follow the tunnel's address from its first ready on. One thread
 * tells and closes; the webhook's own news and addresses come from others.
 */
final class WebhookReport implements ShareReport, AutoCloseable {
    private final ShareReport report;
    private final Porthole porthole;
    private final Webhook webhook;
    private @Nullable Subscription addresses;

    WebhookReport(
            ShareReport report,
            Porthole porthole,
            DeclaredGitHubApp app,
            Map<String, String> environment,
            AgentTime time) {
        this.report = report;
        this.porthole = porthole;
        this.webhook = new Webhook(app, environment, time, this::tellOn);
    }

    /** The report of a share; with a webhook if there is an app. */
    static ShareReport of(
            ShareReport report, Porthole porthole, GitHubOptions options, Map<String, String> environment) {
        return options.chosen()
                .<ShareReport>map(app -> new WebhookReport(report, porthole, app, environment, AgentTime.system()))
                .orElse(report);
    }

    @Override
    public void tell(ShareEvent event) {
        tellOn(event);
        if (event instanceof ShareEvent.Ready ready) {
            follow(ready);
        } else if (event instanceof ShareEvent.Stopped || event instanceof ShareEvent.Failed) {
            close();
        }
    }

    @Override
    public boolean isLive() {
        return report.isLive();
    }

    @Override
    public synchronized void passes(Traffic now) {
        report.passes(now);
    }

    @Override
    public synchronized void resized() {
        report.resized();
    }

    /** Without the lock: who tells of addresses holds theirs while it waits for this one. */
    @Override
    public void close() {
        if (addresses != null) {
            addresses.close();
        }
        end();
    }

    private synchronized void end() {
        webhook.close();
    }

    /** The news of the webhook come on a thread of their own. */
    private synchronized void tellOn(ShareEvent event) {
        report.tell(event);
    }

    private synchronized void addressIs(String url) {
        webhook.addressIs(url);
    }

    private void follow(ShareEvent.Ready ready) {
        addressIs(ready.url());
        if (addresses == null) {
            addresses = porthole.tunnels()
                    .subscribe(tunnels -> tunnels.stream()
                            .filter(state ->
                                    state.tunnel().id().equals(ready.id()) && state.phase() == TunnelState.Phase.READY)
                            .forEach(state -> addressIs(state.tunnel().url())));
        }
    }
}
