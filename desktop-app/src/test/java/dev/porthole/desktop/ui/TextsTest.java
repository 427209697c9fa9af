package dev.porthole.desktop.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextsTest {
    private static final Path FOLDER = Path.of("src/main/resources/dev/porthole/desktop");
    private static final String ENGLISH = "texts.properties";
    private static final String GERMAN = "texts_de.properties";

    // A key is a literal with a dot in it, inside of a call of text(...), which may choose between two.
    private static final Pattern CALL = Pattern.compile("\\btext\\(([^;]*)", Pattern.DOTALL);
    private static final Pattern KEY = Pattern.compile("\"([a-z]+(?:\\.[A-Za-z]+)+)\"");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([0-9]+)(,[a-z]+)?");
    private static final Pattern MNEMONIC = Pattern.compile("_\\p{L}");

    @AfterEach
    void speakEnglishAgain() {
        Texts.speak(Language.ENGLISH);
    }

    @Test
    void everyKeyThatIsUsedExistsAndTheOtherWayRound() throws IOException {
        Set<String> used = new TreeSet<>();
        try (Stream<Path> sources = Files.walk(Path.of("src/main/java/dev/porthole/desktop"))) {
            sources.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !file.toString().contains("cli"))
                    .map(TextsTest::read)
                    .flatMap(source -> CALL.matcher(source).results())
                    .flatMap(call -> KEY.matcher(call.group(1)).results())
                    .forEach(key -> used.add(key.group(1)));
        }

        assertThat(used).isEqualTo(texts(ENGLISH).keySet());
    }

    // B-B15
    @Test
    void germanHasTheSameKeysPlaceholdersAndMnemonics() {
        Map<String, String> english = texts(ENGLISH);
        Map<String, String> german = texts(GERMAN);

        assertThat(german.keySet()).isEqualTo(english.keySet());
        english.forEach((key, words) -> {
            String translated = german.getOrDefault(key, "");
            assertThat(translated).as(key).isNotBlank();
            assertThat(placeholders(translated)).as("placeholders of " + key).isEqualTo(placeholders(words));
            assertThat(MNEMONIC.matcher(translated).results().count())
                    .as("mnemonics of " + key)
                    .isEqualTo(MNEMONIC.matcher(words).results().count());
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {ENGLISH, GERMAN})
    void noKeyStandsTwiceAndNoApostropheHidesAPlaceholder(String file) {
        List<String> lines = read(FOLDER.resolve(file))
                .lines()
                .filter(line -> line.contains("=") && !line.startsWith("#"))
                .toList();

        assertThat(lines)
                .extracting(line -> line.substring(0, line.indexOf('=')))
                .doesNotHaveDuplicates();
        assertThat(lines).as("MessageFormat quotes with ': use ’").noneMatch(line -> line.contains("'"));
        assertThat(lines).as("spaces around").noneMatch(line -> line.endsWith(" ") || line.contains(" ="));
    }

    @Test
    void oneIsSingularAndNumbersAreWrittenAsTheLanguageWritesThem() {
        Texts.speak(Language.GERMAN);
        assertThat(Texts.text("age.minutes", 1)).isEqualTo("vor 1 Minute gestartet");
        assertThat(Texts.text("age.days", 1234)).isEqualTo("vor 1.234 Tagen gestartet");

        Texts.speak(Language.ENGLISH);
        assertThat(Texts.text("age.minutes", 1)).isEqualTo("started 1 minute ago");
        assertThat(Texts.text("age.days", 1234)).isEqualTo("started 1,234 days ago");
    }

    @Test
    void systemsLanguageIsTakenWhereItIsOneOfOurs() {
        Locale austrian = Locale.of("de", "AT");
        assertThat(Language.SYSTEM.words(austrian)).isEqualTo(Locale.GERMAN);
        assertThat(Language.SYSTEM.formats(austrian, austrian)).isEqualTo(austrian);
        assertThat(Language.SYSTEM.words(Locale.FRENCH)).isEqualTo(Locale.ENGLISH);
        assertThat(Language.SYSTEM.formats(Locale.FRENCH, Locale.FRANCE)).isEqualTo(Locale.ENGLISH);
        // Chosen against the system: its region writes numbers otherwise than the texts are read.
        assertThat(Language.ENGLISH.formats(austrian, austrian)).isEqualTo(Locale.ENGLISH);
        assertThat(Language.ENGLISH.formats(austrian, Locale.UK)).isEqualTo(Locale.UK);
    }

    private static List<String> placeholders(String words) {
        return PLACEHOLDER
                .matcher(words)
                .results()
                .map(MatchResult::group)
                .distinct()
                .sorted()
                .toList();
    }

    private static Map<String, String> texts(String file) {
        Properties texts = new Properties();
        try (var in = Files.newBufferedReader(FOLDER.resolve(file))) {
            texts.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return texts.stringPropertyNames().stream()
                .collect(Collectors.toMap(key -> key, texts::getProperty, (one, other) -> one, TreeMap::new));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
