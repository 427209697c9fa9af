package dev.porthole.desktop.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.desktop.FakeDoctor;
import dev.porthole.desktop.settings.Section;
import dev.porthole.desktop.ui.Fx;
import dev.porthole.desktop.ui.Language;
import dev.porthole.desktop.ui.Texts;
import java.util.concurrent.CountDownLatch;
import javafx.css.PseudoClass;
import javafx.scene.control.Button;
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

        person.sees("Hoher Kontrast");
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
        person.sees("High contrast");
        assertThat(person.finds("Tunnels, 0")).isTrue();
    }

    // B-B15
    @Test
    void sectionsAreReachedAndChoicesMadeWithTheKeyboardAlone() {
        openSettings();
        person.clicks("General");
        person.presses(KeyCode.TAB);
        person.isAt("Server and account");
        person.presses(KeyCode.SPACE);
        person.sees("Signed in as");

        person.clicks("General");
        for (String next : new String[] {"Server and account", "Notifications", "Updates", "Diagnostics"}) {
            person.presses(KeyCode.TAB);
            person.isAt(next);
        }
        person.presses(KeyCode.TAB);
        person.isAt("Start at sign-in");
        person.presses(KeyCode.TAB);
        person.isAt("Language: English");
        person.presses(KeyCode.TAB);
        person.isAt("Theme: Light");
        person.presses(KeyCode.TAB);
        person.isAt("High contrast");
        person.presses(KeyCode.SPACE);
        Fx.until(
                "it is kept",
                () -> "high"
                        .equals(porthole.config()
                                .config()
                                .get()
                                .preference("contrast")
                                .orElse("")));
        person.presses(KeyCode.TAB);
        person.isAt("Size");
    }

    // B-B15
    @Test
    void highContrastThatWasChosenIsThereAtTheNextStart() throws Exception {
        porthole.config().update(config -> config.withPreference("contrast", "high"));

        openSettings();

        assertThat(Fx.call(() -> app.stage
                        .getScene()
                        .getRoot()
                        .getPseudoClassStates()
                        .contains(PseudoClass.getPseudoClass("contrast"))))
                .isTrue();
    }

    @Test
    void eachNotificationIsTurnedOffByItself() {
        openSettings();
        person.clicks("Notifications");

        person.clicks("First visitor");

        Fx.until(
                "it is kept",
                () -> "false"
                        .equals(porthole.config()
                                .config()
                                .get()
                                .preference("notify-first-visitor")
                                .orElse("")));
        assertThat(Fx.call(() -> app.app.preferences().notifyReadyProperty().get()))
                .isTrue();
    }

    @Test
    void doctorsFindingLeadsToWhereItIsMended() {
        porthole.doctor = FakeDoctor.ill();
        openSettings();
        person.clicks("Diagnostics");
        person.clicks("Run the checks");

        person.sees("checks found something wrong");
        person.clicks("Where the sign-in is kept: Sign in again");
        Fx.until("the sign-in", () -> porthole.calls.stream().anyMatch(call -> call.startsWith("sign in")));
        Fx.run(() -> app.app.settings().sectionProperty().set(Section.DIAGNOSTICS));
        Fx.run(() -> ((Button) app.stage.getScene().lookup("#mend-endpoint")).fire());
        assertThat(Fx.call(() -> app.app.shell().screenProperty().get())).isEqualTo(Screen.TUNNELS);
    }

    @Test
    void visitToTheDoctorCanBeCalledOff() {
        CountDownLatch goOn = new CountDownLatch(1);
        porthole.doctor = FakeDoctor.well().waitsFor(goOn);
        openSettings();
        person.clicks("Diagnostics");
        person.clicks("Run the checks");
        person.sees("4 of 8 done");

        person.clicks("Stop");

        person.sees("Nothing is wrong.");
        person.sees("not looked at yet");
        goOn.countDown();
    }

    // B-B17
    @Test
    void newerReleaseIsToldAboveEveryScreenUntilItIsSeen() {
        openSettings();
        person.clicks("Updates");
        person.clicks("Check now");
        person.sees("Porthole 0.2.0 is there, since");

        person.clicks("Later");
        person.seesNoMore("Later");
        person.clicks("See what is new");
        Fx.until("the page", () -> app.outside.opened.contains(AppFixture.NEWER.page()));
    }
}
