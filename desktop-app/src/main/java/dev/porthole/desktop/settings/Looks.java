package dev.porthole.desktop.settings;

import dev.porthole.desktop.ui.Appearance;
import dev.porthole.desktop.ui.Language;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;

/** How the app looks and what it speaks; each of them takes effect when it is set. */
public record Looks(
        ObjectProperty<Appearance> appearance, BooleanProperty contrast, ObjectProperty<Language> language) {}
