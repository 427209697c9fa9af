package dev.porthole.server.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordRulesTest {
    @Test // T-I9
    void elevenCharactersAreTooFewAndTwelveAreEnough() {
        assertThatThrownBy(() -> PasswordRules.check("vq7-kite-mo", "ada"))
                .isInstanceOf(UnacceptableAccountException.class)
                .hasMessage("password: 11 characters (expected: 12 or more)");
        assertThatCode(() -> PasswordRules.check("vq7-kite-moo", "ada")).doesNotThrowAnyException();
    }

    @ParameterizedTest // T-I9
    @ValueSource(
            strings = {
                "password1234",
                "Password1234!",
                "P@ssw0rd1234",
                "passwordpassword",
                "password_password",
                "123456789012",
                "1234567890123456",
                "210987654321",
                "aaaaaaaaaaaa",
                "abcabcabcabc",
                "abcdefghijkl",
                "qwertyuiop12",
                "qwertyuiop[]",
                "qwertyuiopasdf",
                "1q2w3e4r5t6y",
                "1qaz2wsx3edc",
                "asdfghjkl123",
                "iloveyou1234",
                "iloveyouforever",
                "administrator",
                "adminadminadmin",
                "letmeinletmein",
                "welcome12345",
                "welcome2024!",
                "Sunshine2024",
                "football12345",
                "princess12345",
                "correcthorsebatterystaple",
                "changeme1234",
                "portholeserver",
                "12/12/2012 12:12",
                "ada-lovelace",
            })
    void commonOnesAreRefused(String password) {
        assertThatThrownBy(() -> PasswordRules.check(password, "ada-lovelace"))
                .isInstanceOf(UnacceptableAccountException.class)
                .hasMessageNotContaining(password);
    }

    @ParameterizedTest // T-I9
    @ValueSource(
            strings = {
                "quiet harbour kite 7",
                "Tr0ub4dor&3-again",
                "x9$Lm2!qZp7w",
                "monday tuesday walrus",
                "vier Enten am Teich",
                "пароль не пароль",
                "dragonfly over lake",
                "kJ8sd7fhQ2la",
            })
    void othersAreTaken(String password) {
        assertThat(PasswordRules.isCommon(password)).isFalse();
        assertThatCode(() -> PasswordRules.check(password, "ada")).doesNotThrowAnyException();
    }

    @Test // T-I9
    void theSamePasswordFromAnotherKeyboardIsTheSame() {
        String kept = PasswordHash.of("Ünïcödé pässphrase");

        assertThat(PasswordHash.matches("U\u0308ni\u0308co\u0308de\u0301 pa\u0308ssphrase", kept))
                .isTrue();
        assertThat(PasswordHash.matches("Unicode passphrase", kept)).isFalse();
        assertThat(PasswordHash.of("Ünïcödé pässphrase")).isNotEqualTo(kept);
    }

    @Test // T-I9
    void noPasswordMatchesAnAccountWithoutOne() {
        assertThat(PasswordHash.matches("", null)).isFalse();
        assertThat(PasswordHash.matches("anything", "not a hash")).isFalse();
    }
}
