package dev.porthole.desktop.settings;

import static dev.porthole.desktop.ui.Texts.text;

import dev.porthole.desktop.autostart.AutostartViewModel;
import dev.porthole.desktop.ui.Appearance;
import dev.porthole.desktop.ui.Language;
import dev.porthole.desktop.ui.Scale;
import dev.porthole.desktop.ui.ShownAs;
import java.util.EnumMap;
import java.util.Map;
import javafx.scene.Node;
import javafx.scene.control.ChoiceBox;
import javafx.scene.layout.VBox;

/** Start, language, colours, size. */
final class GeneralSection extends VBox {
    private final SettingsViewModel model;

    GeneralSection(SettingsViewModel model, AutostartViewModel autostart, Preferences preferences) {
        this.model = model;
        getStyleClass().add("settings");
        VBox looks = SettingRow.card(languages(), appearances(), contrast());
        if (Scale.canBeChosen()) {
            looks.getChildren().add(scale());
        }
        if (autostart.isAvailable()) {
            getChildren().add(new StartCard(autostart, preferences.startHiddenProperty()));
        }
        getChildren().add(looks);
    }

    private Node languages() {
        Map<Language, String> choices = new EnumMap<>(Language.class);
        choices.put(Language.SYSTEM, text("settings.language.system"));
        choices.put(Language.ENGLISH, text("settings.language.english"));
        choices.put(Language.GERMAN, text("settings.language.german"));
        return new ChoiceRow<>("language", text("settings.language"), model.languageProperty(), choices);
    }

    private Node appearances() {
        Map<Appearance, String> choices = new EnumMap<>(Appearance.class);
        choices.put(Appearance.SYSTEM, text("settings.theme.system"));
        choices.put(Appearance.LIGHT, text("settings.theme.light"));
        choices.put(Appearance.DARK, text("settings.theme.dark"));
        return new ChoiceRow<>("theme", text("settings.theme"), model.appearanceProperty(), choices);
    }

    private Node contrast() {
        return SettingRow.onOff(
                "settings-contrast",
                text("settings.contrast"),
                text("settings.contrast.text"),
                model.contrastProperty());
    }

    private Node scale() {
        ChoiceBox<Scale> choice = new ChoiceBox<>();
        choice.getItems().setAll(Scale.values());
        choice.setConverter(new ShownAs<>(scale -> scale == Scale.SYSTEM
                ? text("settings.scale.system")
                : text("settings.scale.percent", scale.percent())));
        choice.setMinWidth(USE_PREF_SIZE);
        choice.setId("settings-scale");
        choice.setAccessibleText(text("settings.scale"));
        choice.valueProperty().bindBidirectional(model.scaleProperty());
        return new SettingRow(text("settings.scale"), text("settings.scale.text"), choice);
    }
}
