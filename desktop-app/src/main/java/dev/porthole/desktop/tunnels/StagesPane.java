package dev.porthole.desktop.tunnels;

import static dev.porthole.desktop.ui.Texts.text;

import dev.porthole.core.api.Condition;
import dev.porthole.core.api.Tunnel;
import dev.porthole.desktop.ui.PlainText;
import dev.porthole.desktop.ui.StateDot;
import dev.porthole.desktop.ui.Tone;
import dev.porthole.desktop.ui.Visible;
import java.util.List;
import javafx.css.PseudoClass;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** A tunnel's stages: what is done and how long it took, what waits and why, and the buttons that mend it. */
final class StagesPane extends VBox {
    private static final PseudoClass TO_COME = PseudoClass.getPseudoClass("to-come");

    private final RepairButtons repairs;
    private List<TunnelStage> shown = List.of();

    StagesPane(RepairButtons repairs) {
        this.repairs = repairs;
        getStyleClass().add("stages");
    }

    void show(List<TunnelStage> stages, TunnelItem item) {
        if (!stages.equals(shown)) {
            shown = stages;
            getChildren().setAll(stages.stream().map(stage -> line(stage, item)).toList());
        }
    }

    private Node line(TunnelStage stage, TunnelItem item) {
        FontIcon check = new FontIcon(Feather.CHECK);
        StateDot dot = new StateDot(stage.tone());
        boolean done = stage.tone() == Tone.GOOD;
        check.setVisible(done);
        dot.setVisible(!done);
        StackPane sign = new StackPane(check, dot);
        sign.getStyleClass().add("stage-sign");
        Label words = new Label(stage.words());
        words.setWrapText(true);
        words.setMinHeight(Region.USE_PREF_SIZE);
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        Label time = new Label(stage.time());
        time.getStyleClass().addAll("figures", "muted");
        time.setMinWidth(Region.USE_PREF_SIZE);
        HBox line = new HBox(sign, words, space, time);
        line.getStyleClass().add("stage-line");
        line.setAccessibleRole(AccessibleRole.TEXT);
        line.setAccessibleText(stage.spoken());
        line.pseudoClassStateChanged(TO_COME, stage.tone() == Tone.QUIET);
        Label why = new Label(stage.why());
        why.getStyleClass().addAll("small", "tunnel-note");
        (stage.tone() == Tone.BAD ? Tone.BAD : Tone.WAITING).apply(why);
        why.setWrapText(true);
        why.setMinHeight(Region.USE_PREF_SIZE);
        Visible.set(why, !stage.why().isEmpty());
        HBox buttons = repairs.of(stage.repairs(), item);
        Visible.set(buttons, !stage.repairs().isEmpty());
        VBox more = new VBox(why, buttons);
        more.getStyleClass().addAll("lines", "stage-more");
        Visible.set(more, why.isVisible() || buttons.isVisible());
        return new VBox(line, more);
    }

    /** What the server says of a tunnel, for whoever wants the details. */
    static VBox details(Tunnel tunnel) {
        VBox facts = new VBox();
        facts.getStyleClass().addAll("lines", "details");
        facts.getChildren().add(fact(text("details.tunnel", tunnel.id(), String.valueOf(tunnel.connector()))));
        for (Condition condition : tunnel.conditions()) {
            facts.getChildren()
                    .add(fact(text(
                            "details.condition",
                            condition.type().name(),
                            condition.status().name(),
                            PlainText.of(condition.reason()),
                            condition.since().toString(),
                            PlainText.of(condition.message()))));
        }
        return facts;
    }

    private static Label fact(String words) {
        Label fact = new Label(words);
        fact.getStyleClass().addAll("mono", "muted");
        fact.setWrapText(true);
        fact.setMinHeight(Region.USE_PREF_SIZE);
        return fact;
    }
}
