package dev.porthole.desktop.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TextsTest {
    // A key is a literal with a dot in it, inside of a call of text(...), which may choose between two.
    private static final Pattern CALL = Pattern.compile("\\btext\\(([^;]*)", Pattern.DOTALL);
    private static final Pattern KEY = Pattern.compile("\"([a-z]+(?:\\.[A-Za-z]+)+)\"");

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

        assertThat(used)
                .isEqualTo(new TreeSet<>(
                        ResourceBundle.getBundle("dev.porthole.desktop.texts").keySet()));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
