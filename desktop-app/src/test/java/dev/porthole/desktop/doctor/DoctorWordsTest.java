package dev.porthole.desktop.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.core.doctor.Check;
import dev.porthole.core.doctor.Finding;
import dev.porthole.core.doctor.Reason;
import dev.porthole.desktop.ui.Language;
import dev.porthole.desktop.ui.Texts;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DoctorWordsTest {
    @AfterEach
    void speakEnglishAgain() {
        Texts.speak(Language.ENGLISH);
    }

    // B-B15
    @ParameterizedTest
    @EnumSource
    void everyReasonHasAWholeSentenceInEachLanguage(Reason reason) {
        for (Language language : new Language[] {Language.ENGLISH, Language.GERMAN}) {
            Texts.speak(language);
            String sentence = DoctorWords.sentence(finding(reason, "7", "8", "9"));
            assertThat(sentence).as("%s in %s", reason, language).endsWith(".").doesNotContain("{", "}", "null");
        }
    }

    @Test
    void oneDayAndOneSecondAreSingular() {
        assertThat(DoctorWords.sentence(finding(Reason.CERTIFICATE_TRUSTED, "a", "b", "1")))
                .contains("lasts 1 more day.");
        assertThat(DoctorWords.sentence(finding(Reason.CERTIFICATE_ENDS_SOON, "a", "b", "0")))
                .contains("less than a day");
        assertThat(DoctorWords.sentence(finding(Reason.CLOCK_RIGHT, "0")))
                .isEqualTo("This computer and the server agree on the time.");
        Texts.speak(Language.GERMAN);
        assertThat(DoctorWords.sentence(finding(Reason.SESSION_UP, "1"))).isEqualTo("Eine Verbindung steht.");
        assertThat(DoctorWords.sentence(finding(Reason.CLOCK_SLOW, "4210"))).contains("70 min 10 s nach");
    }

    // T-L4
    @Test
    void textFromOutsideIsShownAsText() {
        assertThat(DoctorWords.sentence(finding(Reason.SERVER_SILENT, "x", "a\u001b[2J\u202e{0}\nb")))
                .contains("a[2J{0} b")
                .doesNotContain("\u001b", "\u202e", "\n");
    }

    private static Finding finding(Reason reason, String... values) {
        return new Finding(Check.SERVER, reason, List.of(values), Duration.ofMillis(1));
    }
}
