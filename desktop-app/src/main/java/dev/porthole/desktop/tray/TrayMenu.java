package dev.porthole.desktop.tray;

import dev.porthole.core.Link;
import dev.porthole.core.SignIn;
import dev.porthole.core.TunnelState;
import dev.porthole.core.TunnelState.Phase;
import dev.porthole.core.api.Project;
import dev.porthole.core.discovery.ListeningPort;
import dev.porthole.desktop.share.PortName;
import dev.porthole.desktop.ui.PlainText;
import dev.porthole.desktop.ui.Texts;
import dev.porthole.icons.MarkLook;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Writes the tray's menu from what is known.
 *
 * @param projects all that have been heard of; empty before the first look
 * @param ports what listens; empty before the first look
 * @param paused whether there is something to resume
 * @param problem why the last command did not work; empty when nothing is wrong
 */
record TrayMenu(
        SignIn signIn,
        Link link,
        Optional<Project> active,
        List<Project> projects,
        List<TunnelState> tunnels,
        Optional<List<ListeningPort>> ports,
        boolean paused,
        String problem) {
    /** More belong in the window. */
    static final int MOST_TUNNELS = 8;

    static final int MOST_PORTS = 10;

    TrayState state() {
        String status = status();
        List<TrayEntry> menu = new ArrayList<>();
        menu.add(new TrayEntry.Words(status));
        if (!problem.isEmpty()) {
            menu.add(new TrayEntry.Words(problem));
        }
        if (signInNeeded()) {
            menu.add(new TrayEntry.Item(Texts.text("tray.signIn"), new TrayCommand.SignInAgain()));
        }
        menu.add(new TrayEntry.Separator());
        if (active.isPresent() && !signedOut()) {
            menu.add(projectMenu(active.get()));
            menu.add(new TrayEntry.Separator());
            addTunnels(menu);
            menu.add(new TrayEntry.Item(Texts.text("tray.share"), new TrayCommand.ShareSomething()));
            menu.add(portMenu());
            menu.add(new TrayEntry.Separator());
        }
        menu.add(new TrayEntry.Item(Texts.text("tray.open"), new TrayCommand.Open()));
        if (paused) {
            menu.add(new TrayEntry.Item(Texts.text("tray.resume"), new TrayCommand.ResumeAll()));
        }
        if (runningHere().findAny().isPresent()) {
            menu.add(new TrayEntry.Item(Texts.text("tray.pause"), new TrayCommand.PauseAll()));
        }
        menu.add(new TrayEntry.Item(Texts.text("rail.quit"), new TrayCommand.Quit()));
        return new TrayState(look(), status, menu);
    }

    private MarkLook look() {
        if (!problem.isEmpty() || signInNeeded() || troubled() > 0) {
            return MarkLook.ATTENTION;
        }
        return ready() > 0 ? MarkLook.SHARING : MarkLook.IDLE;
    }

    private String status() {
        if (signInNeeded()) {
            return Texts.text("tray.status.signIn");
        }
        if (signedOut()) {
            return Texts.text("tray.status.signedOut");
        }
        if (link instanceof Link.Reconnecting && runningHere().findAny().isPresent()) {
            return Texts.text("tray.status.reconnecting");
        }
        if (troubled() > 0) {
            return Texts.text("tray.status.troubled", troubled());
        }
        if (ready() > 0) {
            return Texts.text("tray.status.sharing", ready());
        }
        if (runningHere().findAny().isPresent()) {
            return Texts.text("tray.status.starting");
        }
        return Texts.text(paused ? "tray.status.paused" : "tray.status.idle");
    }

    private TrayEntry projectMenu(Project now) {
        List<Project> known = projects.contains(now) ? projects : List.of(now);
        return new TrayEntry.Submenu(
                "project",
                Texts.text("tray.project", PlainText.of(now.name())),
                known.stream()
                        .<TrayEntry>map(it -> new TrayEntry.Choice(
                                Texts.text(
                                        "projects.path",
                                        PlainText.of(it.organization().name()),
                                        PlainText.of(it.name())),
                                it.id().equals(now.id()),
                                new TrayCommand.SwitchProject(it.id())))
                        .toList());
    }

    private void addTunnels(List<TrayEntry> menu) {
        // What runs here comes first; within that, as the list has it.
        List<TunnelState> sorted = tunnels.stream()
                .sorted(Comparator.comparing(it -> !(it.here() && it.phase() != Phase.STOPPED)))
                .toList();
        sorted.stream().limit(MOST_TUNNELS).map(TrayMenu::tunnelMenu).forEach(menu::add);
        if (sorted.size() > MOST_TUNNELS) {
            menu.add(new TrayEntry.Item(Texts.text("tray.allTunnels", sorted.size()), new TrayCommand.AllTunnels()));
        }
        if (!sorted.isEmpty()) {
            menu.add(new TrayEntry.Separator());
        }
    }

    private static TrayEntry tunnelMenu(TunnelState state) {
        String id = state.tunnel().id();
        List<TrayEntry> entries = new ArrayList<>();
        entries.add(new TrayEntry.Words(PlainText.of(state.tunnel().url())));
        entries.add(new TrayEntry.Item(Texts.text("share.copyAddress"), new TrayCommand.CopyAddress(id)));
        if (state.tunnel().url().startsWith("http")) {
            entries.add(new TrayEntry.Item(Texts.text("tray.tunnel.open"), new TrayCommand.OpenAddress(id)));
        }
        entries.add(
                state.phase() == Phase.STOPPED
                        ? new TrayEntry.Item(Texts.text("tray.tunnel.start"), new TrayCommand.Start(id))
                        : new TrayEntry.Item(Texts.text("tunnel.stop"), new TrayCommand.Stop(id)));
        return new TrayEntry.Submenu(
                "tunnel/" + id,
                Texts.text("tray.tunnel", PlainText.of(state.tunnel().label()), word(state)),
                entries);
    }

    private static String word(TunnelState state) {
        return switch (state.phase()) {
            case STOPPED -> Texts.text("tunnel.off");
            case STARTING -> Texts.text("tunnel.starting");
            case READY -> Texts.text(state.here() ? "tunnel.ready" : "tunnel.elsewhere");
            case ENDPOINT_DOWN ->
                Texts.text(state.tunnel().endpoint().isFolder() ? "tunnel.folderGone" : "tunnel.endpointDown");
            case OFFLINE -> Texts.text("tunnel.offline");
        };
    }

    private TrayEntry portMenu() {
        List<TrayEntry> entries = new ArrayList<>();
        if (ports.isEmpty()) {
            entries.add(new TrayEntry.Words(Texts.text("share.looking")));
        } else {
            ports.get().stream()
                    .filter(port -> !port.system())
                    .filter(port -> !shared(port.port()))
                    .limit(MOST_PORTS)
                    .map(TrayMenu::portEntry)
                    .forEach(entries::add);
            if (entries.isEmpty()) {
                entries.add(new TrayEntry.Words(Texts.text("tray.ports.none")));
            }
        }
        return new TrayEntry.Submenu("ports", Texts.text("tray.ports"), entries);
    }

    private static TrayEntry portEntry(ListeningPort port) {
        // Not as a number: a port has no thousands.
        return new TrayEntry.Item(
                Texts.text("tray.port", PortName.of(port), String.valueOf(port.port())),
                new TrayCommand.SharePort(port.port()));
    }

    private boolean shared(int port) {
        return runningHere()
                .map(it -> it.tunnel().endpoint())
                .anyMatch(endpoint -> endpoint.isLoopback() && endpoint.port() == port);
    }

    private Stream<TunnelState> runningHere() {
        return tunnels.stream().filter(it -> it.here() && it.phase() != Phase.STOPPED);
    }

    private long ready() {
        return runningHere().filter(it -> it.phase() == Phase.READY).count();
    }

    private long troubled() {
        return runningHere()
                .filter(it -> it.phase() == Phase.ENDPOINT_DOWN || it.phase() == Phase.OFFLINE)
                .count();
    }

    private boolean signedOut() {
        return signIn instanceof SignIn.SignedOut || signIn instanceof SignIn.SigningIn;
    }

    private boolean signInNeeded() {
        return signIn instanceof SignIn.Expired || (link instanceof Link.SignInNeeded && !signedOut());
    }
}
