package dev.porthole.desktop.palette;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

class FuzzyTest {
    private static List<String> ranked(String typed, String... words) {
        return List.of(words).stream()
                .filter(it -> Fuzzy.score(typed, it).isPresent())
                .sorted(Comparator.comparingInt(
                        (String it) -> -Fuzzy.score(typed, it).getAsInt()))
                .toList();
    }

    @Test
    void lettersComeInTheirOrder() {
        assertThat(Fuzzy.score("cad", "Copy address of docs")).isPresent();
        assertThat(Fuzzy.score("dac", "Copy address")).isEmpty();
        assertThat(Fuzzy.score("copyx", "Copy address")).isEmpty();
    }

    @Test
    void beginningsOfWordsAndLettersInARowWin() {
        assertThat(ranked("cod", "Decode", "Copy address of docs")).first().isEqualTo("Copy address of docs");
        assertThat(ranked("stop", "Storybook: copy", "Stop docs")).containsExactly("Stop docs", "Storybook: copy");
        assertThat(ranked("docs", "Stop dashboard-of-cars", "Stop docs"))
                .containsExactly("Stop docs", "Stop dashboard-of-cars");
    }

    @Test
    void wholeWordBeatsAPartOfOne() {
        assertThat(ranked("docs", "Stop docs-next-release", "Stop docset", "Stop docs"))
                .last()
                .isEqualTo("Stop docset");
    }

    @Test
    void wordsAreFoundInAnyOrder() {
        assertThat(Fuzzy.score("docs stop", "Stop docs")).isPresent();
        assertThat(Fuzzy.score("  stop   docs ", "Stop docs")).isPresent();
        assertThat(Fuzzy.score("stop blog", "Stop docs")).isEmpty();
    }

    @Test
    void caseAndAccentsDoNotMatter() {
        assertThat(Fuzzy.score("CAFE", "Stop café")).isPresent();
        assertThat(Fuzzy.score("café", "Stop Cafe")).isPresent();
    }

    @Test
    void nothingTypedFitsAllAlike() {
        assertThat(Fuzzy.score("", "Stop docs")).hasValue(0);
        assertThat(Fuzzy.score("   ", "x")).hasValue(0);
        assertThat(Fuzzy.score("x", "")).isEmpty();
    }
}
