package dev.porthole.desktop.share;

import static dev.porthole.desktop.ui.Texts.text;

import dev.porthole.core.ShareProgress;
import dev.porthole.core.ShareProgress.Stage;
import dev.porthole.desktop.share.ShareRun.State;
import dev.porthole.desktop.ui.Buttons;
import dev.porthole.desktop.ui.CopyButton;
import dev.porthole.desktop.ui.FxBindings;
import dev.porthole.desktop.ui.PlainText;
import dev.porthole.desktop.ui.Spans;
import dev.porthole.desktop.ui.StateDot;
import dev.porthole.desktop.ui.Tone;
import dev.porthole.desktop.ui.Visible;
import java.util.EnumMap;
import java.util.Map;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.Duration;

/** A share under way: what is done, what waits and why, and at the end the address. */
final class StagesCard extends VBox {
    private final ShareViewModel model;
    private final ShareRun run;
    private final StateDot dot = new StateDot(Tone.WAITING);
    private final Label heading = new Label();
    private final Label address = new Label();
    private final Map<Stage, StageLine> lines = new EnumMap<>(Stage.class);
    private final VBox stages = new VBox();
    private final Label outcome = new Label();
    private final BlockedHostNote blockedHost;
    private final HBox buttons = new HBox();
    private Class<? extends State> shown = State.class;

    StagesCard(ShareViewModel model, ShareRun run) {
        this.model = model;
        this.run = run;
        setId("stages-card");
        getStyleClass().addAll("card", "stages-card");
        setAccessibleRole(AccessibleRole.PARENT);
        heading.getStyleClass().add("strong");
        heading.setMinWidth(Region.USE_PREF_SIZE);
        address.getStyleClass().add("mono");
        address.setMinWidth(0);
        HBox top = new HBox(dot, heading, space(), address);
        top.getStyleClass().add("words");
        for (Stage stage : Stage.values()) {
            StageLine line = new StageLine();
            lines.put(stage, line);
            stages.getChildren().add(line);
        }
        stages.getStyleClass().add("stages");
        outcome.setWrapText(true);
        outcome.setMinHeight(Region.USE_PREF_SIZE);
        buttons.getStyleClass().add("buttons");
        blockedHost = new BlockedHostNote(model);
        getChildren().addAll(top, stages, outcome, blockedHost, buttons);
        setMinHeight(Region.USE_PREF_SIZE);
        FxBindings.whileShown(this, () -> {
            javafx.util.Subscription state = run.stateProperty().subscribe(this::render);
            javafx.util.Subscription tunnel = run.tunnelProperty().subscribe(blockedHost::show);
            Timeline everySecond = new Timeline(new KeyFrame(Duration.seconds(1), tick -> tick()));
            everySecond.setCycleCount(Timeline.INDEFINITE);
            // While one plays, JavaFX looks at the whole scene sixty times a second.
            javafx.util.Subscription ticking = run.stateProperty().subscribe(now -> {
                if (now instanceof State.Running) {
                    everySecond.play();
                } else {
                    everySecond.stop();
                }
            });
            return () -> {
                state.unsubscribe();
                tunnel.unsubscribe();
                ticking.unsubscribe();
                everySecond.stop();
            };
        });
    }

    private void render(State state) {
        for (Stage stage : Stage.values()) {
            line(stage).show(stage, run, state);
        }
        String url = run.url();
        address.setText(url == null ? "" : PlainText.of(url));
        switch (state) {
            case State.Running _ -> head(Tone.WAITING, text("share.getting", run.title()), "");
            case State.Cancelled _ -> head(Tone.QUIET, text("share.getting", run.title()), "");
            case State.Ready(String _, java.time.Duration took) ->
                head(Tone.GOOD, text("share.ready", run.title(), Spans.precise(took)), text("share.onClipboard"));
            case State.Failed(String message, boolean _) -> head(Tone.BAD, text("share.failed", run.title()), message);
        }
        // What never began has no steps to show.
        boolean began = run.news(Stage.ACCEPTED) != null;
        Visible.set(stages, state instanceof State.Running || (began && !(state instanceof State.Ready)));
        if (shown != state.getClass()) {
            // The keyboard's focus follows the share that a person has just begun, and leaves them alone elsewhere.
            boolean follow = shown == State.class || holdsFocus();
            shown = state.getClass();
            buttons.getChildren().setAll(buttonsFor(state));
            if (follow) {
                buttons.getChildren().stream()
                        .filter(Node::isFocusTraversable)
                        .findFirst()
                        .ifPresent(Node::requestFocus);
            }
        }
    }

    private boolean holdsFocus() {
        for (Node node = getScene() == null ? null : getScene().getFocusOwner();
                node != null;
                node = node.getParent()) {
            if (node == this) {
                return true;
            }
        }
        return false;
    }

    private void head(Tone tone, String words, String more) {
        dot.setTone(tone);
        heading.setText(words);
        outcome.setText(more);
        outcome.getStyleClass().setAll("label", tone == Tone.BAD ? "problem" : "muted");
        outcome.setVisible(!more.isEmpty());
        outcome.setManaged(!more.isEmpty());
    }

    private Node[] buttonsFor(State state) {
        return switch (state) {
            case State.Running _, State.Cancelled _ ->
                new Node[] {space(), Buttons.plain(text("share.cancel"), run::cancel)};
            case State.Ready(String url, java.time.Duration _) -> {
                CopyButton copy = CopyButton.labelled(
                        text("share.copyAddress"), text("share.copyAddressOf", run.title()), () -> model.copy(url));
                copy.getStyleClass().add("accent");
                Button open = Buttons.plain(text("action.open"), () -> model.open(url));
                // A browser can do nothing with tcp://.
                Visible.set(open, url.startsWith("http"));
                yield new Node[] {copy, open, space(), dismiss()};
            }
            case State.Failed(String _, boolean signInAgain) -> {
                Button remedy = signInAgain
                        ? Buttons.primary(text("signin.again"), () -> model.signInAndRetry(run))
                        : Buttons.primary(text("action.tryAgain"), run::start);
                yield new Node[] {remedy, space(), dismiss()};
            }
        };
    }

    private Button dismiss() {
        return Buttons.plain(text("share.dismiss"), () -> model.dismiss(run));
    }

    private void tick() {
        if (run.stateProperty().get() instanceof State.Running) {
            for (Stage stage : Stage.values()) {
                line(stage).tick(run);
            }
        }
    }

    private StageLine line(Stage stage) {
        return java.util.Objects.requireNonNull(lines.get(stage));
    }

    private static Region space() {
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        return space;
    }

    /** The news of one stage as its mark: not begun, waiting, done. */
    static Mark markOf(ShareProgress news) {
        return news.state() == ShareProgress.State.DONE ? Mark.DONE : Mark.WAITING;
    }

    /** A stage's mark. */
    enum Mark {
        TO_COME,
        WAITING,
        DONE
    }
}
