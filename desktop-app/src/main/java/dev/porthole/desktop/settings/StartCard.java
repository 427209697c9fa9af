package dev.porthole.desktop.settings;

import static dev.porthole.desktop.ui.Texts.text;

import dev.porthole.desktop.autostart.AutostartViewModel;
import dev.porthole.desktop.ui.FxBindings;
import dev.porthole.desktop.ui.Visible;
import javafx.beans.property.BooleanProperty;
import javafx.scene.control.Label;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** Whether Porthole starts by itself, and whether one sees it do so. */
final class StartCard extends VBox {
    StartCard(AutostartViewModel model, BooleanProperty hidden) {
        getStyleClass().addAll("card", "rows");
        SettingRow start = SettingRow.onOff(
                "settings-start", text("settings.start"), text("settings.start.text"), model.startAtSignInProperty());
        SettingRow startHidden = SettingRow.onOff(
                "settings-start-hidden", text("settings.startHidden"), text("settings.startHidden.text"), hidden);
        startHidden.disableProperty().bind(model.startAtSignInProperty().not());
        Label problem = new Label();
        problem.textProperty().bind(model.problemProperty());
        problem.getStyleClass().addAll("problem", "small", "row");
        problem.setWrapText(true);
        problem.setMinHeight(Region.USE_PREF_SIZE);
        getChildren()
                .addAll(new VBox(start, Visible.when(model.problemProperty().isNotEmpty(), problem)), startHidden);
        FxBindings.whileShown(this, () -> {
            // The desktop's own settings may have changed it.
            model.load();
            return () -> {};
        });
    }
}
