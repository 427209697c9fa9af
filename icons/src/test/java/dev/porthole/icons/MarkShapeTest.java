package dev.porthole.icons;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MarkShapeTest {
    private static final Pattern PATH = Pattern.compile(" d=\"([^\"]+)\"");

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void svgFilesDrawTheShapesThatTheAppDraws(boolean lit) throws IOException {
        String svg = resource(lit ? "porthole-lit.svg" : "porthole.svg");

        List<String> drawn = PATH.matcher(svg).results().map(MatchResult::group).toList();
        assertThat(drawn)
                .isEqualTo(MarkShape.ALL.stream()
                        .map(shape -> " d=\"" + shape.path() + "\"")
                        .toList());
        for (MarkShape shape : MarkShape.ALL) {
            assertThat(svg)
                    .contains(
                            String.format(Locale.ROOT, "\"#%06x\"", shape.role().rgb(lit)));
        }
    }

    @Test
    void everySizeIsRenderedAndLitDiffersFromUnlit(@TempDir Path folder) throws IOException {
        RenderIcons.main(new String[] {folder.toString()});

        for (int size : RenderIcons.SIZES) {
            BufferedImage unlit =
                    ImageIO.read(folder.resolve("porthole-" + size + ".png").toFile());
            BufferedImage lit =
                    ImageIO.read(folder.resolve("porthole-lit-" + size + ".png").toFile());
            assertThat(unlit.getWidth()).isEqualTo(size);
            assertThat(lit.getRGB(size / 2, size * 2 / 5)).isNotEqualTo(unlit.getRGB(size / 2, size * 2 / 5));
            BufferedImage attention = ImageIO.read(
                    folder.resolve("porthole-attention-" + size + ".png").toFile());
            assertThat(attention.getRGB(size * 49 / 64, size * 49 / 64))
                    .as("the dot")
                    .isEqualTo(0xFFD1242F);
            assertThat(unlit.getRGB(0, 0) >>> 24)
                    .as("the corner is transparent")
                    .isZero();
        }
    }

    private static String resource(String name) throws IOException {
        try (InputStream file = Objects.requireNonNull(MarkShapeTest.class.getResourceAsStream(name), name)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
