package dev.porthole.desktop.activity;

import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.javafx.FontIcon;

/** A row of the activity: a few dozen of these serve ten thousand entries. */
final class ActivityCell extends ListCell<ActivityEntry> {
    private final ActivityViewModel model;
    private final FontIcon icon = new FontIcon();
    private final Label who = new Label();
    private final Label what = new Label();
    private final Label details = new Label();
    private final Tooltip whole = new Tooltip();
    private final HBox line;

    ActivityCell(ActivityViewModel model) {
        this.model = model;
        getStyleClass().add("activity-cell");
        who.getStyleClass().add("strong");
        who.setMinWidth(Region.USE_PREF_SIZE);
        what.setMinWidth(0);
        HBox.setHgrow(what, Priority.ALWAYS);
        details.getStyleClass().addAll("muted", "small");
        details.setMinWidth(0);
        HBox sentence = new HBox(who, what);
        sentence.getStyleClass().add("activity-sentence");
        VBox words = new VBox(sentence, details);
        words.getStyleClass().add("activity-words");
        words.setMinWidth(0);
        HBox.setHgrow(words, Priority.ALWAYS);
        line = new HBox(icon, words);
        line.getStyleClass().add("activity-line");
        // As wide as the list, never wider: long names end in an ellipsis, the tooltip has them whole.
        setPrefWidth(0);
    }

    @Override
    protected void updateItem(ActivityEntry entry, boolean empty) {
        super.updateItem(entry, empty);
        if (empty || entry == null) {
            setGraphic(null);
            setTooltip(null);
            setAccessibleText(null);
            return;
        }
        icon.setIconCode(entry.kind().icon());
        who.setText(entry.who());
        what.setText(entry.what());
        String when = entry.details(model.moments());
        details.setText(when);
        whole.setText(
                entry.sentence() + "\n" + model.moments().whole(entry.entry().at()));
        setTooltip(whole);
        setAccessibleText(entry.sentence() + ". " + when);
        if (getGraphic() == null) {
            setGraphic(line);
        }
        model.reached(getIndex());
    }
}
