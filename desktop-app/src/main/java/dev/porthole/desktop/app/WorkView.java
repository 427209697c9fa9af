package dev.porthole.desktop.app;

import dev.porthole.desktop.settings.SettingsView;
import dev.porthole.desktop.share.ShareView;
import dev.porthole.desktop.signin.SignInAgainBar;
import dev.porthole.desktop.tunnels.TunnelsView;
import java.util.EnumMap;
import java.util.Map;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.VBox;

/** The rail and the screen beside it. A screen is built when it is first shown, and keeps what was typed. */
final class WorkView extends BorderPane {
    private final App app;
    private final Map<Screen, Parent> screens = new EnumMap<>(Screen.class);
    private final BorderPane main = new BorderPane();

    WorkView(App app, Node notice, Runnable quit) {
        this.app = app;
        setLeft(new RailView(app.shell(), app.projects(), quit));
        main.setTop(new VBox(notice, new SignInAgainBar(app.signInAgain())));
        setCenter(main);
        // Never larger than the window: what does not fit scrolls inside.
        setMinSize(0, 0);
        main.setMinSize(0, 0);
        app.shell().screenProperty().subscribe(this::show);
    }

    private void show(Screen screen) {
        main.setCenter(screens.computeIfAbsent(screen, this::build));
    }

    private Parent build(Screen screen) {
        return switch (screen) {
            case SHARE -> new ShareView(app.share());
            case TUNNELS ->
                new TunnelsView(
                        app.tunnels(), () -> app.shell().screenProperty().set(Screen.SHARE));
            case SETTINGS -> new SettingsView(app.settings());
        };
    }
}
