package dev.porthole.icons;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;

/**
 * Renders the mark to {@code porthole-<size>.png}, {@code porthole-lit-<size>.png} and
 * {@code porthole-attention-<size>.png}; run when a package is built.
 */
public final class RenderIcons {
    /** The sides in pixels that desktops and installers ask for. */
    public static final List<Integer> SIZES = List.of(16, 22, 24, 32, 48, 64, 128, 256, 512);

    private RenderIcons() {}

    /** Takes one argument: the folder to write to. */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 1) {
            throw new IllegalArgumentException("arguments: " + arguments.length + " (expected: 1, the folder)");
        }
        Path folder = Files.createDirectories(Path.of(arguments[0]));
        for (int size : SIZES) {
            for (MarkLook look : MarkLook.values()) {
                Path file = folder.resolve("porthole" + infix(look) + "-" + size + ".png");
                ImageIO.write(render(size, look), "png", file.toFile());
            }
        }
    }

    private static String infix(MarkLook look) {
        return switch (look) {
            case IDLE -> "";
            case SHARING -> "-lit";
            case ATTENTION -> "-" + look.name().toLowerCase(Locale.ROOT);
        };
    }

    /** The mark on a transparent ground. */
    static BufferedImage render(int size, MarkLook look) {
        BufferedImage image = new BufferedImage(size, size, BufferedImage.TYPE_INT_ARGB);
        image.setRGB(0, 0, size, size, MarkPixels.argb(size, look), 0, size);
        return image;
    }
}
