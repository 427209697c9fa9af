package dev.porthole.desktop.app;

import static dev.porthole.desktop.ui.Texts.text;

import dev.porthole.core.observe.Subscription;
import dev.porthole.desktop.palette.PaletteView;
import dev.porthole.desktop.palette.PaletteViewModel;
import dev.porthole.desktop.projects.ProjectPickerView;
import dev.porthole.desktop.signin.WelcomeView;
import dev.porthole.desktop.ui.Buttons;
import dev.porthole.desktop.ui.Confirmation;
import dev.porthole.desktop.ui.NoticeBar;
import dev.porthole.desktop.ui.Tone;
import java.util.List;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.stage.Stage;
import javafx.stage.WindowEvent;

/** The one window: what it shows, how it closes, its keys. Belongs to the FX thread. */
final class MainWindow {
    private static final double WIDTH = 1000;
    private static final double HEIGHT = 700;
    private static final double SMALLEST_WIDTH = 720;
    private static final double SMALLEST_HEIGHT = 480;

    private final App app;
    private final Stage stage;
    private final Runnable exit;
    private final StackPane root = new StackPane();
    private final StackPane below = new StackPane();
    private final PaletteViewModel palette;
    private final VBox notice = new VBox();
    private Subscription following;
    private ObservableValue<Boolean> tray = new SimpleBooleanProperty();
    private Runnable explainHiding = () -> {};

    /** @param exit ends the program, after everything was asked */
    MainWindow(App app, Stage stage, Runnable exit) {
        this.app = app;
        this.stage = stage;
        this.exit = exit;
        this.palette = new PaletteViewModel(
                new AppCommands(app, this::showShortcuts, this::askToSwitchAccount, this::quit)::all);
        app.welcome().whenSignedIn(app.shell()::accountSwitched);
        root.getStyleClass().add("window");
        root.getChildren().setAll(below, new PaletteView(palette));
        Scene scene = new Scene(root, WIDTH, HEIGHT);
        app.theme().dress(scene);
        scene.getAccelerators().put(Shortcut.PALETTE.keys(), this::openPalette);
        scene.getAccelerators().put(Shortcut.PROJECTS.keys(), () -> go(Screen.PROJECTS));
        scene.getAccelerators().put(Shortcut.HELP.keys(), this::showShortcuts);
        scene.addEventHandler(KeyEvent.KEY_TYPED, this::typed);
        scene.getAccelerators().put(Shortcut.SHARE.keys(), () -> go(Screen.SHARE));
        scene.getAccelerators().put(Shortcut.TUNNELS.keys(), () -> go(Screen.TUNNELS));
        scene.getAccelerators().put(Shortcut.CONNECTORS.keys(), () -> go(Screen.CONNECTORS));
        scene.getAccelerators().put(Shortcut.ACTIVITY.keys(), () -> go(Screen.ACTIVITY));
        scene.addEventFilter(KeyEvent.KEY_PRESSED, this::undoing);
        scene.getAccelerators().put(Shortcut.SETTINGS.keys(), () -> go(Screen.SETTINGS));
        scene.getAccelerators().put(Shortcut.QUIT.keys(), this::quit);
        stage.setScene(scene);
        stage.setTitle(text("app.name"));
        stage.setMinWidth(SMALLEST_WIDTH);
        stage.setMinHeight(SMALLEST_HEIGHT);
        stage.setOnCloseRequest(this::closing);
        HiddenFocus.follow(stage);
        app.shell().placeProperty().subscribe(this::show);
        following = app.shell().follow();
        app.language().subscribe((before, now) -> speakAnew());
    }

    /** Another language: what is shown is built again, in the same place. */
    private void speakAnew() {
        following.close();
        following = app.shell().follow();
        notice.getChildren().clear();
        root.getChildren().set(1, new PaletteView(palette));
        Node focused = stage.getScene().getFocusOwner();
        show(app.shell().placeProperty().get());
        if (focused != null && focused.getId() != null) {
            // What scrolls has its content only after this.
            root.applyCss();
            root.layout();
            focus(focused.getId());
        }
    }

    private void focus(String id) {
        Node found = stage.getScene().lookup("#" + id);
        if (found != null) {
            found.requestFocus();
        }
    }

    /** Shows the window, or brings it to the front. */
    void bringToFront() {
        stage.setIconified(false);
        stage.show();
        stage.toFront();
        stage.requestFocus();
    }

    /**
     * From now on closing hides the window while {@code shown} holds: the tray brings it back.
     *
     * @param explain says so, the first time
     */
    void hideInTray(ObservableValue<Boolean> shown, Runnable explain) {
        tray = shown;
        explainHiding = explain;
    }

    /** Shows the window in the task bar alone. */
    void showMinimised() {
        if (!stage.isShowing()) {
            stage.setIconified(true);
            stage.show();
        }
    }

    /** Whether a person sees it and works with it. */
    boolean isInFront() {
        return stage.isShowing() && stage.isFocused() && !stage.isIconified();
    }

    /** Ends the program, after asking if tunnels would stop. */
    void quit() {
        List<String> running = app.shell().running();
        if (running.isEmpty()) {
            end();
        } else {
            // The question stands over the window.
            if (!stage.isShowing()) {
                bringToFront();
            }
            Confirmation.ask(
                    root,
                    text("quit.question"),
                    text("quit.text", String.join(", ", running)),
                    text("quit.yes"),
                    this::end);
        }
    }

    /** Closing keeps tunnels: the tray has them; without one, and while some run, the window only minimises. */
    private void closing(WindowEvent event) {
        event.consume();
        if (tray.getValue()) {
            stage.hide();
        } else if (app.shell().running().isEmpty()) {
            end();
            return;
        } else {
            stage.setIconified(true);
        }
        if (!app.preferences().closingExplained()) {
            app.preferences().keepClosingExplained();
            if (tray.getValue()) {
                explainHiding.run();
            }
            NoticeBar bar = new NoticeBar(
                    Tone.GOOD,
                    text(tray.getValue() ? "close.hidden" : "close.explained"),
                    Buttons.plain(
                            text("close.understood"), () -> notice.getChildren().clear()),
                    Buttons.plain(text("rail.quit"), this::quit));
            bar.setId("closing-notice");
            notice.getChildren().setAll(bar);
        }
    }

    private void end() {
        following.close();
        stage.hide();
        app.undo().finish(exit);
    }

    private void go(Screen screen) {
        if (app.shell().placeProperty().get() == Place.WORK) {
            palette.close();
            app.shell().go(screen);
        }
    }

    /** Shows the palette, or hides it. */
    void openPalette() {
        if (palette.openProperty().get()) {
            palette.close();
        } else if (app.shell().placeProperty().get() == Place.WORK) {
            app.projects().load();
            palette.open();
        }
    }

    /** Lists the keys that work everywhere. */
    void showShortcuts() {
        ShortcutsDialog.show(root);
    }

    /** Before a text field hears it: one in which nothing was typed has nothing to undo itself. */
    private void undoing(KeyEvent key) {
        boolean ofText = root.getScene().getFocusOwner() instanceof TextInputControl text && text.isUndoable();
        if (Shortcut.UNDO.keys().match(key)
                && !ofText
                && app.undo().offerProperty().get().isPresent()) {
            app.undo().takeBack();
            key.consume();
        }
    }

    /** A question mark, wherever the keyboard has it, is a question unless it is typed into something. */
    private void typed(KeyEvent key) {
        boolean writing = root.getScene().getFocusOwner() instanceof TextInputControl;
        if (key.getCharacter().equals("?") && !writing) {
            showShortcuts();
            key.consume();
        }
    }

    /** Says what stops once somebody else is signed in, and goes to the first screen. */
    private void askToSwitchAccount() {
        List<String> running = app.shell().running();
        if (running.isEmpty()) {
            app.shell().switchAccount();
            return;
        }
        Confirmation.ask(
                root,
                text("account.question"),
                text("account.text", String.join(", ", running)),
                text("account.yes"),
                app.shell()::switchAccount);
    }

    private void show(Place place) {
        palette.close();
        below.getChildren()
                .setAll(
                        switch (place) {
                            case WELCOME ->
                                new RoomyPane(
                                        app.shell().isSwitchingAccount()
                                                ? new WelcomeView(app.welcome(), app.shell()::accountSwitched)
                                                : new WelcomeView(app.welcome()));
                            case PROJECTS -> {
                                app.projects().loadForPicking();
                                yield new RoomyPane(new ProjectPickerView(app.projects()));
                            }
                            case WORK -> new WorkView(app, notice, this::askToSwitchAccount, this::quit);
                        });
    }
}
