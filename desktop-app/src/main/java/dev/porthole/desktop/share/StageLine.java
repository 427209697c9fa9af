package dev.porthole.desktop.share;

import dev.porthole.core.ShareProgress;
import dev.porthole.core.ShareProgress.Stage;
import dev.porthole.desktop.share.StagesCard.Mark;
import dev.porthole.desktop.ui.PlainText;
import dev.porthole.desktop.ui.Spans;
import dev.porthole.desktop.ui.StageWords;
import dev.porthole.desktop.ui.StateDot;
import dev.porthole.desktop.ui.Tone;
import javafx.css.PseudoClass;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** One step of a share: a mark, words, and its time. */
final class StageLine extends HBox {
    private static final PseudoClass TO_COME = PseudoClass.getPseudoClass("to-come");
    private static final PseudoClass WAITING = PseudoClass.getPseudoClass("waiting");

    private final FontIcon check = new FontIcon(Feather.CHECK);
    private final StateDot dot = new StateDot(Tone.WAITING);
    private final Label words = new Label();
    private final Label time = new Label();
    private Mark mark = Mark.TO_COME;

    StageLine() {
        getStyleClass().add("stage-line");
        setAccessibleRole(AccessibleRole.TEXT);
        StackPane sign = new StackPane(check, dot);
        sign.getStyleClass().add("stage-sign");
        words.setWrapText(true);
        words.setMinHeight(Region.USE_PREF_SIZE);
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        time.getStyleClass().addAll("figures", "muted");
        time.setMinWidth(Region.USE_PREF_SIZE);
        getChildren().addAll(sign, words, space, time);
    }

    void show(Stage stage, ShareRun run, ShareRun.State state) {
        ShareProgress news = run.news(stage);
        mark = news == null ? Mark.TO_COME : StagesCard.markOf(news);
        boolean stopped = mark == Mark.WAITING && state instanceof ShareRun.State.Failed;
        String text = StageWords.of(stage, mark == Mark.DONE, run.request().endpoint());
        if (news != null && news.detail() != null && mark == Mark.WAITING) {
            text = text + ": " + PlainText.of(news.detail());
        }
        words.setText(text);
        check.setVisible(mark == Mark.DONE);
        dot.setVisible(mark != Mark.DONE);
        dot.setTone(
                switch (mark) {
                    case TO_COME, DONE -> Tone.QUIET;
                    case WAITING -> stopped ? Tone.BAD : Tone.WAITING;
                });
        pseudoClassStateChanged(TO_COME, mark == Mark.TO_COME);
        pseudoClassStateChanged(WAITING, mark == Mark.WAITING && !stopped);
        time.setText(news == null ? "" : Spans.precise(news.elapsed()));
        setAccessibleText(text);
    }

    /** Lets the time of a waiting step go on. */
    void tick(ShareRun run) {
        if (mark == Mark.WAITING) {
            time.setText(Spans.precise(run.elapsed()));
        }
    }
}
