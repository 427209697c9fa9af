package dev.porthole.desktop.app;

import static dev.porthole.desktop.ui.Texts.text;

import dev.porthole.core.TunnelState;
import dev.porthole.core.api.Endpoint;
import dev.porthole.core.api.InvalidEndpointException;
import dev.porthole.core.api.Project;
import dev.porthole.desktop.palette.PaletteCommand;
import dev.porthole.desktop.ui.PlainText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.feather.Feather;

/** All that the palette can do now: what is on the screens, said in words. Belongs to the FX thread. */
final class AppCommands {
    private final App app;
    private final Runnable shortcuts;
    private final Runnable switchAccount;
    private final Runnable quit;

    AppCommands(App app, Runnable shortcuts, Runnable switchAccount, Runnable quit) {
        this.app = app;
        this.shortcuts = shortcuts;
        this.switchAccount = switchAccount;
        this.quit = quit;
    }

    /** @param typed may name something to share */
    List<PaletteCommand> all(String typed) {
        Collected all = new Collected();
        endpointIn(typed)
                .ifPresent(endpoint -> all.add(
                        Feather.DISC,
                        text("palette.share", endpoint.shown()),
                        text("palette.share.hint"),
                        () -> share(endpoint)));
        undoing(all);
        screens(all);
        app.actions().tunnels().forEach(state -> tunnel(all, state));
        projects(all);
        all.add(Feather.HELP_CIRCLE, text("shortcuts.title"), Shortcut.HELP.shown(), shortcuts);
        all.add(Feather.USER, text("rail.switchAccount"), "", switchAccount);
        all.add(Feather.LOG_OUT, text("rail.quit"), Shortcut.QUIT.shown(), quit);
        return all.commands;
    }

    /** What is in "3000", "localhost:3000" and "share tcp 5432". */
    static Optional<Endpoint> endpointIn(String typed) {
        String words = typed.strip();
        String verb = text("palette.share.verb");
        if (words.toLowerCase(Locale.ROOT).startsWith(verb + " ")) {
            words = words.substring(verb.length()).strip();
        }
        // A bare word is a name to look for, not a host: only what has a port is an endpoint here.
        if (words.chars().noneMatch(Character::isDigit)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Endpoint.parse(words));
        } catch (InvalidEndpointException somethingElse) {
            return Optional.empty();
        }
    }

    private void share(Endpoint endpoint) {
        app.shell().screenProperty().set(Screen.SHARE);
        app.share().share(endpoint);
    }

    private void undoing(Collected all) {
        app.undo()
                .offerProperty()
                .get()
                .ifPresent(offer -> all.add(
                        Feather.CORNER_UP_LEFT,
                        text("palette.undo", offer.text()),
                        Shortcut.UNDO.shown(),
                        app.undo()::takeBack));
    }

    private void screens(Collected all) {
        screen(all, Feather.DISC, text("share.title"), Shortcut.SHARE.shown(), Screen.SHARE);
        screen(all, Feather.LINK_2, text("tunnels.title"), Shortcut.TUNNELS.shown(), Screen.TUNNELS);
        screen(all, Feather.SERVER, text("connectors.title"), Shortcut.CONNECTORS.shown(), Screen.CONNECTORS);
        screen(all, Feather.CLOCK, text("activity.title"), Shortcut.ACTIVITY.shown(), Screen.ACTIVITY);
        screen(all, Feather.FOLDER, text("projects.screen"), Shortcut.PROJECTS.shown(), Screen.PROJECTS);
        screen(all, Feather.SETTINGS, text("settings.title"), Shortcut.SETTINGS.shown(), Screen.SETTINGS);
    }

    private void screen(Collected all, Ikon icon, String name, String keys, Screen screen) {
        all.add(
                icon,
                text("palette.go", name),
                keys,
                () -> app.shell().screenProperty().set(screen));
    }

    private void tunnel(Collected all, TunnelState state) {
        String label = PlainText.of(state.tunnel().label());
        String address = PlainText.of(state.tunnel().url());
        QuickActions actions = app.actions();
        all.add(Feather.COPY, text("share.copyAddressOf", label), address, () -> actions.copy(state));
        if (state.tunnel().url().startsWith("http")) {
            all.add(Feather.EXTERNAL_LINK, text("share.openAddressOf", label), address, () -> actions.open(state));
        }
        all.add(
                Feather.LINK_2,
                text("palette.details", label),
                address,
                () -> app.shell().openTunnel(state.tunnel().id()));
        if (QuickActions.isOn(state)) {
            all.add(Feather.PAUSE, text("palette.stop", label), address, () -> actions.stop(state));
        } else {
            all.add(Feather.PLAY, text("palette.turnOn", label), address, () -> actions.turnOn(state));
        }
    }

    private void projects(Collected all) {
        String active = app.shell().projectProperty().get().map(Project::id).orElse("");
        for (Project project : app.projects().projects()) {
            if (!project.id().equals(active)) {
                all.add(
                        Feather.FOLDER,
                        text("palette.switch", PlainText.of(project.name())),
                        PlainText.of(project.organization().name()),
                        () -> app.projects().choose(project));
            }
        }
    }

    /** In the order in which they are shown when nothing is typed. */
    private static final class Collected {
        private final List<PaletteCommand> commands = new ArrayList<>();

        void add(Ikon icon, String words, String hint, Runnable action) {
            commands.add(new PaletteCommand(icon, words, hint, commands.size(), action));
        }
    }
}
