package dev.porthole.desktop.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.desktop.ui.Fx;
import dev.porthole.desktop.ui.Language;
import dev.porthole.desktop.ui.Texts;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SettingsScreenTest extends WindowTest {
    private void openSettings() {
        porthole.signedIn();
        open();
        Fx.run(() -> app.app.shell().screenProperty().set(Screen.SETTINGS));
    }

    @AfterEach
    void speakEnglishAgain() {
        Texts.speak(Language.ENGLISH);
    }

    // B-B15
    @Test
    void languageChangesAtOnceAndTheKeyboardStaysWhereItWas() {
        openSettings();

        person.clicks("Language: Deutsch");

        person.sees("Server und Konto");
        person.sees("Freigeben");
        person.isAt("Sprache: Deutsch");
        Fx.until(
                "it is kept",
                () -> "german"
                        .equals(porthole.config()
                                .config()
                                .get()
                                .preference("language")
                                .orElse("")));

        person.presses(KeyCode.UP);
        person.sees("Server and account");
        assertThat(person.finds("Tunnels, 0")).isTrue();
    }
}
