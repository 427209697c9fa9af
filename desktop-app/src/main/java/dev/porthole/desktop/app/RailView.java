package dev.porthole.desktop.app;

import static dev.porthole.desktop.ui.Texts.text;

import dev.porthole.desktop.projects.ProjectSwitcher;
import dev.porthole.desktop.projects.ProjectsViewModel;
import dev.porthole.desktop.ui.StateDot;
import dev.porthole.desktop.ui.Tone;
import dev.porthole.desktop.ui.Visible;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import javafx.geometry.Side;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** The left rail: the project, the screens, the connection and the account. */
final class RailView extends VBox {
    private final ShellViewModel shell;
    private final Map<Screen, ToggleButton> entries = new EnumMap<>(Screen.class);
    private final ProjectSwitcher switcher;
    private final MenuButton gear = new MenuButton(null, new FontIcon(Feather.SETTINGS));

    RailView(ShellViewModel shell, ProjectsViewModel projects, Runnable switchAccount, Runnable quit) {
        this.shell = shell;
        this.switcher = new ProjectSwitcher(
                projects, shell.projectProperty(), () -> shell.screenProperty().set(Screen.PROJECTS));
        getStyleClass().add("rail");
        Label count = new Label();
        count.getStyleClass().addAll("count", "figures");
        count.textProperty().bind(shell.tunnelsProperty().asString());
        Visible.when(shell.tunnelsProperty().greaterThan(0), count);
        ToggleButton tunnels = entry(Screen.TUNNELS, Feather.LINK_2, text("tunnels.title"), count);
        shell.tunnelsProperty().subscribe(number -> tunnels.setAccessibleText(text("rail.tunnels", number.intValue())));
        VBox list = new VBox(
                entry(Screen.SHARE, Feather.DISC, text("share.title"), null),
                tunnels,
                entry(Screen.CONNECTORS, Feather.SERVER, text("connectors.title"), null),
                entry(Screen.ACTIVITY, Feather.CLOCK, text("activity.title"), null));
        list.getStyleClass().add("rail-entries");
        Region space = new Region();
        VBox.setVgrow(space, Priority.ALWAYS);
        getChildren().addAll(switcher, list, space, foot(switchAccount, quit));
    }

    private ToggleButton entry(Screen screen, Ikon icon, String name, @Nullable Label count) {
        Label words = new Label(name);
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        HBox line = new HBox(new FontIcon(icon), words, space);
        if (count != null) {
            line.getChildren().add(count);
        }
        line.getStyleClass().add("rail-line");
        ToggleButton entry = new ToggleButton(null, line);
        entry.setId("rail-" + screen.name().toLowerCase(Locale.ROOT));
        entry.getStyleClass().setAll("rail-entry");
        entry.setMaxWidth(Double.MAX_VALUE);
        entry.setAccessibleText(name);
        shell.screenProperty().subscribe(now -> entry.setSelected(now == screen));
        entry.setOnAction(event -> {
            shell.go(screen);
            // A second click on the entry of the screen that is shown must not unselect it.
            entry.setSelected(true);
        });
        entries.put(screen, entry);
        return entry;
    }

    /** Puts the keyboard's focus on what leads to a screen. */
    void focusOn(Screen screen) {
        ToggleButton entry = entries.get(screen);
        if (entry != null) {
            entry.requestFocus();
        } else {
            (screen == Screen.PROJECTS ? switcher : gear).requestFocus();
        }
    }

    private HBox foot(Runnable switchAccount, Runnable quit) {
        StateDot dot = new StateDot(Tone.QUIET);
        shell.toneProperty().subscribe(dot::setTone);
        Label server = new Label();
        server.getStyleClass().add("small");
        server.textProperty().bind(shell.serverProperty());
        Label status = new Label();
        status.getStyleClass().addAll("small", "muted");
        status.textProperty().bind(shell.statusProperty());
        Tooltip whole = new Tooltip();
        whole.textProperty().bind(shell.statusProperty());
        status.setTooltip(whole);
        VBox words = new VBox(server, status);
        words.setMinWidth(0);
        HBox.setHgrow(words, Priority.ALWAYS);
        MenuItem settings = new MenuItem(text("rail.settings"));
        settings.setAccelerator(Shortcut.SETTINGS.keys());
        settings.setOnAction(event -> shell.screenProperty().set(Screen.SETTINGS));
        MenuItem switching = new MenuItem(text("rail.switchAccount"));
        switching.setOnAction(event -> switchAccount.run());
        MenuItem quitting = new MenuItem(text("rail.quit"));
        quitting.setAccelerator(Shortcut.QUIT.keys());
        quitting.setOnAction(event -> quit.run());
        gear.getItems().setAll(settings, switching, new SeparatorMenuItem(), quitting);
        gear.setId("rail-menu");
        gear.getStyleClass().addAll("icon-button", "no-arrow", "quiet-button");
        gear.setPopupSide(Side.TOP);
        gear.setAccessibleText(text("rail.menu"));
        gear.setTooltip(new Tooltip(text("rail.menu")));
        HBox foot = new HBox(dot, words, gear);
        foot.getStyleClass().add("rail-foot");
        return foot;
    }
}
