package dev.porthole.desktop.app;

import dev.porthole.desktop.activity.ActivityView;
import dev.porthole.desktop.connectors.ConnectorsView;
import dev.porthole.desktop.links.LinkBar;
import dev.porthole.desktop.projects.AlsoRunningView;
import dev.porthole.desktop.projects.ProjectsView;
import dev.porthole.desktop.settings.SettingsView;
import dev.porthole.desktop.settings.UpdateBar;
import dev.porthole.desktop.share.ShareView;
import dev.porthole.desktop.signin.OwnServerBar;
import dev.porthole.desktop.signin.SignInAgainBar;
import dev.porthole.desktop.tunnels.TunnelsPlace;
import dev.porthole.desktop.ui.ProblemBar;
import dev.porthole.desktop.ui.UndoBar;
import java.util.EnumMap;
import java.util.Map;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.VBox;

/** The rail and the screen beside it. A screen is built when it is first shown, and keeps what was typed. */
final class WorkView extends BorderPane {
    private final App app;
    private final RailView rail;
    private final ShareView share;
    private final Map<Screen, Parent> screens = new EnumMap<>(Screen.class);
    private final BorderPane main = new BorderPane();

    WorkView(App app, Node notice, Runnable switchAccount, Runnable quit) {
        this.app = app;
        this.share = new ShareView(app.share());
        this.rail = new RailView(app.shell(), app.projects(), switchAccount, quit);
        setLeft(rail);
        main.setTop(new VBox(
                notice,
                new LinkBar(app.links()),
                new ProblemBar(app.actions().problemProperty(), app.actions()::dismiss),
                new OwnServerBar(app.ownServer()),
                new SignInAgainBar(app.signInAgain()),
                new UpdateBar(app.updates())));
        main.setBottom(new UndoBar(app.undo(), Shortcut.UNDO.keys().getDisplayText()));
        setCenter(main);
        // Never larger than the window: what does not fit scrolls inside.
        setMinSize(0, 0);
        main.setMinSize(0, 0);
        app.shell().screenProperty().subscribe(this::show);
        sceneProperty().subscribe(scene -> {
            if (scene != null) {
                focus(app.shell().screenProperty().get());
            }
        });
    }

    private void show(Screen screen) {
        main.setCenter(screens.computeIfAbsent(screen, this::build));
        focus(screen);
    }

    /** On Share one types at once; elsewhere the keyboard goes on from the rail. */
    private void focus(Screen screen) {
        switch (screen) {
            case SHARE -> share.focusField();
            case TUNNELS -> {
                if (!(screens.get(screen) instanceof TunnelsPlace place && place.focusPage())) {
                    rail.focusOn(screen);
                }
            }
            case CONNECTORS, ACTIVITY, PROJECTS, SETTINGS -> rail.focusOn(screen);
        }
    }

    private Parent build(Screen screen) {
        return switch (screen) {
            case SHARE -> new RoomyPane(share);
            case TUNNELS -> tunnels();
            case CONNECTORS -> new ConnectorsView(app.connectors());
            case ACTIVITY -> new ActivityView(app.activity());
            case PROJECTS -> new ProjectsView(app.projectList());
            case SETTINGS ->
                new SettingsView(
                        app.settings(),
                        app.preferences(),
                        app.autostart(),
                        app.updates(),
                        app.doctor(),
                        () -> app.shell().screenProperty().set(Screen.TUNNELS));
        };
    }

    private Parent tunnels() {
        BorderPane tunnels = new BorderPane(new TunnelsPlace(
                app.tunnels(), new Doors(app.shell()), app.shell().openedTunnelProperty()));
        tunnels.setBottom(new AlsoRunningView(app.alsoRunning()));
        tunnels.setMinSize(0, 0);
        return tunnels;
    }
}
