package dev.porthole.desktop.settings;

import static dev.porthole.desktop.ui.Texts.text;

import javafx.scene.layout.VBox;

/** What is told when the window is not looked at. */
final class NotificationsSection extends VBox {
    NotificationsSection(Preferences preferences) {
        getStyleClass().add("settings");
        getChildren()
                .add(SettingRow.card(
                        SettingRow.onOff(
                                "notify-ready",
                                text("notify.ready"),
                                text("notify.ready.text"),
                                preferences.notifyReadyProperty()),
                        SettingRow.onOff(
                                "notify-lost",
                                text("notify.lost"),
                                text("notify.lost.text"),
                                preferences.notifyLostProperty()),
                        SettingRow.onOff(
                                "notify-sign-in",
                                text("notify.signIn"),
                                text("notify.signIn.text"),
                                preferences.notifySignInProperty()),
                        SettingRow.onOff(
                                "notify-first-visitor",
                                text("notify.firstVisitor"),
                                text("notify.firstVisitor.text"),
                                preferences.notifyFirstVisitorProperty())));
    }
}
