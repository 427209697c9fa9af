package dev.porthole.desktop.app;

import dev.porthole.core.Porthole;
import dev.porthole.desktop.signin.EmbeddedStart;
import dev.porthole.desktop.ui.Fx;
import dev.porthole.desktop.ui.Outside;
import dev.porthole.desktop.ui.Tasks;
import java.time.InstantSource;
import javafx.stage.Stage;
import org.testfx.api.FxToolkit;

/** The whole app in front of a real core, as {@code Main} opens it. */
public final class RealApp implements AutoCloseable {
    public final Person person = new Person();
    private final Porthole porthole;
    private final Stage stage;

    private RealApp(Porthole porthole, Stage stage) {
        this.porthole = porthole;
        this.stage = stage;
    }

    /** Opens the window; waits until it is there. */
    public static RealApp open(Porthole porthole, EmbeddedStart embedded, Outside outside) throws Exception {
        FxToolkit.registerPrimaryStage();
        Stage stage = Fx.call(() -> {
            Stage made = new Stage();
            App app = App.of(porthole, embedded, Tasks.onVirtualThreads(), outside, InstantSource.system());
            app.ownServer().resume();
            new MainWindow(app, made, () -> {}).bringToFront();
            return made;
        });
        Fx.until("the window", stage::isShowing);
        return new RealApp(porthole, stage);
    }

    /** Hides the window, as closing does where there is a tray. */
    void hide() {
        Fx.run(stage::hide);
    }

    /** Brings it back. */
    void show() {
        Fx.run(stage::show);
    }

    @Override
    public void close() {
        Fx.run(stage::hide);
        porthole.close(true);
    }
}
