package dev.porthole.desktop.doctor;

import static dev.porthole.desktop.ui.Texts.text;

import dev.porthole.core.doctor.Check;
import dev.porthole.core.doctor.Finding;
import dev.porthole.core.doctor.Remedy;
import dev.porthole.core.doctor.Verdict;
import dev.porthole.desktop.ui.Buttons;
import dev.porthole.desktop.ui.Tone;
import dev.porthole.desktop.ui.Visible;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** One check: how it went, why, and the button that mends it. */
final class FindingRow extends HBox {
    private final Check check;
    private final FontIcon sign = new FontIcon(Feather.CIRCLE);
    private final Label verdict = new Label();
    private final Label sentence = new Label();
    private final Button mend;
    private Remedy remedy = Remedy.NONE;

    FindingRow(Check check, DoctorViewModel model, Runnable showTunnels) {
        this.check = check;
        setId("finding-" + check.id());
        getStyleClass().addAll("row", "finding");
        setAccessibleRole(AccessibleRole.PARENT);
        StackPane place = new StackPane(sign);
        StackPane.setAlignment(sign, Pos.TOP_CENTER);
        place.getStyleClass().add("finding-sign");
        Label name = new Label(DoctorWords.name(check));
        name.getStyleClass().add("strong");
        verdict.getStyleClass().addAll("small", "finding-verdict");
        HBox top = new HBox(name, verdict);
        top.getStyleClass().add("words");
        sentence.setWrapText(true);
        sentence.setMinHeight(Region.USE_PREF_SIZE);
        sentence.getStyleClass().addAll("muted", "small");
        VBox words = new VBox(top, sentence);
        words.getStyleClass().add("finding-words");
        words.setMinWidth(0);
        HBox.setHgrow(words, Priority.ALWAYS);
        mend = Buttons.plain("", () -> {
            if (remedy == Remedy.SHOW_TUNNELS) {
                showTunnels.run();
            } else {
                model.mend(remedy);
            }
        });
        mend.setId("mend-" + check.id());
        getChildren().addAll(place, words, mend);
    }

    /** Null: nothing yet. */
    void show(@Nullable Finding finding, boolean looking) {
        remedy = finding == null ? Remedy.NONE : finding.reason().remedy();
        Verdict how = finding == null ? null : finding.verdict();
        sign.setIconCode(how == null ? Feather.CIRCLE : signOf(how));
        Tone tone = how == null ? looking ? Tone.WAITING : Tone.QUIET : toneOf(how);
        tone.apply(this);
        verdict.setText(how == null ? text(looking ? "doctor.waiting" : "doctor.notYet") : wordOf(how));
        sentence.setText(finding == null ? "" : DoctorWords.sentence(finding));
        Visible.set(sentence, finding != null);
        String doing = mendWords();
        mend.setText(doing);
        mend.setAccessibleText(
                doing.isEmpty() ? DoctorWords.name(check) : DoctorWords.name(check) + ": " + doing.replace("_", ""));
        // While the doctor looks, the row would only jump.
        Visible.set(mend, !doing.isEmpty() && !looking);
        setAccessibleText(DoctorWords.name(check) + ": " + verdict.getText() + ". " + sentence.getText());
    }

    private String mendWords() {
        return switch (remedy) {
            case NONE -> "";
            case AGAIN -> text("doctor.mend.again");
            case SIGN_IN -> text("doctor.mend.signIn");
            case OPEN_SERVER -> text("doctor.mend.openServer");
            case SHOW_TUNNELS -> text("doctor.mend.showTunnels");
        };
    }

    private static Feather signOf(Verdict how) {
        return switch (how) {
            case PASS -> Feather.CHECK_CIRCLE;
            case FAIL -> Feather.X_CIRCLE;
            case SKIP -> Feather.MINUS_CIRCLE;
        };
    }

    private static Tone toneOf(Verdict how) {
        return switch (how) {
            case PASS -> Tone.GOOD;
            case FAIL -> Tone.BAD;
            case SKIP -> Tone.QUIET;
        };
    }

    private static String wordOf(Verdict how) {
        return switch (how) {
            case PASS -> text("doctor.pass");
            case FAIL -> text("doctor.fail");
            case SKIP -> text("doctor.skip");
        };
    }
}
