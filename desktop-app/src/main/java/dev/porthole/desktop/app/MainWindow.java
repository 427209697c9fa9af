package dev.porthole.desktop.app;

import static dev.porthole.desktop.ui.Texts.text;

import dev.porthole.core.observe.Subscription;
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
    private final VBox notice = new VBox();
    private Subscription following;
    private ObservableValue<Boolean> tray = new SimpleBooleanProperty();
    private Runnable explainHiding = () -> {};

    /** @param exit ends the program, after everything was asked */
    MainWindow(App app, Stage stage, Runnable exit) {
        this.app = app;
        this.stage = stage;
        this.exit = exit;
        root.getStyleClass().add("window");
        Scene scene = new Scene(root, WIDTH, HEIGHT);
        app.theme().dress(scene);
        scene.getAccelerators().put(Shortcut.SHARE.keys(), () -> go(Screen.SHARE));
        scene.getAccelerators().put(Shortcut.TUNNELS.keys(), () -> go(Screen.TUNNELS));
        scene.getAccelerators().put(Shortcut.SETTINGS.keys(), () -> go(Screen.SETTINGS));
        scene.getAccelerators().put(Shortcut.QUIT.keys(), this::quit);
        stage.setScene(scene);
        stage.setTitle(text("app.name"));
        stage.setMinWidth(SMALLEST_WIDTH);
        stage.setMinHeight(SMALLEST_HEIGHT);
        stage.setOnCloseRequest(this::closing);
        app.shell().placeProperty().subscribe(this::show);
        following = app.shell().follow();
        app.language().subscribe((before, now) -> speakAnew());
    }

    /** Another language: what is shown is built again, in the same place. */
    private void speakAnew() {
        following.close();
        following = app.shell().follow();
        notice.getChildren().clear();
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
        exit.run();
    }

    private void go(Screen screen) {
        if (app.shell().placeProperty().get() == Place.WORK) {
            app.shell().screenProperty().set(screen);
        }
    }

    private void show(Place place) {
        root.getChildren()
                .setAll(
                        switch (place) {
                            case WELCOME -> new RoomyPane(new WelcomeView(app.welcome()));
                            case PROJECTS -> {
                                app.projects().loadForPicking();
                                yield new RoomyPane(new ProjectPickerView(app.projects()));
                            }
                            case WORK -> new WorkView(app, notice, this::quit);
                        });
    }
}
