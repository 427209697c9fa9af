package dev.porthole.desktop.settings;

import static dev.porthole.desktop.ui.Texts.text;

import dev.porthole.desktop.autostart.AutostartViewModel;
import dev.porthole.desktop.doctor.DoctorSection;
import dev.porthole.desktop.doctor.DoctorViewModel;
import dev.porthole.desktop.ui.FxBindings;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.ToggleButton;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** Settings, a section at a time. A section is built when it is first shown. */
public final class SettingsView extends VBox {
    private final SettingsViewModel model;
    private final Preferences preferences;
    private final AutostartViewModel autostart;
    private final UpdatesViewModel updates;
    private final DoctorViewModel doctor;
    private final Runnable showTunnels;
    private final Map<Section, Node> sections = new EnumMap<>(Section.class);
    private final ScrollPane scroll = new ScrollPane();

    /** @param showTunnels goes to the Tunnels screen */
    public SettingsView(
            SettingsViewModel model,
            Preferences preferences,
            AutostartViewModel autostart,
            UpdatesViewModel updates,
            DoctorViewModel doctor,
            Runnable showTunnels) {
        this.model = model;
        this.preferences = preferences;
        this.autostart = autostart;
        this.updates = updates;
        this.doctor = doctor;
        this.showTunnels = showTunnels;
        getStyleClass().add("screen");
        Label title = new Label(text("settings.title"));
        title.getStyleClass().add("screen-title");
        FlowPane tabs = new FlowPane();
        tabs.getStyleClass().add("section-tabs");
        for (Section section : Section.values()) {
            tabs.getChildren().add(tab(section));
        }
        scroll.setFitToWidth(true);
        scroll.setFocusTraversable(false);
        VBox.setVgrow(scroll, Priority.ALWAYS);
        getChildren().addAll(title, tabs, scroll);
        model.sectionProperty().subscribe(this::show);
        FxBindings.whileShown(this, model::follow);
    }

    private ToggleButton tab(Section section) {
        ToggleButton tab = new ToggleButton(name(section));
        tab.setId("settings-" + section.name().toLowerCase(Locale.ROOT));
        tab.getStyleClass().setAll("section-tab");
        tab.setMinWidth(USE_PREF_SIZE);
        tab.setAccessibleText(name(section));
        model.sectionProperty().subscribe(now -> tab.setSelected(now == section));
        tab.setOnAction(event -> {
            model.sectionProperty().set(section);
            // A second click on the section that is shown must not unselect it.
            tab.setSelected(true);
        });
        return tab;
    }

    private void show(Section section) {
        scroll.setContent(sections.computeIfAbsent(section, this::build));
        scroll.setVvalue(0);
    }

    private Node build(Section section) {
        return switch (section) {
            case GENERAL -> new GeneralSection(model, autostart, preferences);
            case SERVER -> new ServerSection(model);
            case NOTIFICATIONS -> new NotificationsSection(preferences);
            case UPDATES -> new UpdatesSection(updates);
            case DIAGNOSTICS -> new DoctorSection(doctor, showTunnels);
        };
    }

    private static String name(Section section) {
        return switch (section) {
            case GENERAL -> text("settings.general");
            case SERVER -> text("settings.server");
            case NOTIFICATIONS -> text("settings.notifications");
            case UPDATES -> text("settings.updates");
            case DIAGNOSTICS -> text("settings.diagnostics");
        };
    }
}
