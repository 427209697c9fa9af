package dev.porthole.icons;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.StringTokenizer;
import javax.imageio.ImageIO;

/** Renders the mark to {@code porthole-<size>.png} and {@code porthole-lit-<size>.png}; run when a package is built. */
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
            ImageIO.write(
                    render(size, false),
                    "png",
                    folder.resolve("porthole-" + size + ".png").toFile());
            ImageIO.write(
                    render(size, true),
                    "png",
                    folder.resolve("porthole-lit-" + size + ".png").toFile());
        }
    }

    /** The mark on a transparent ground. */
    static BufferedImage render(int size, boolean lit) {
        BufferedImage image = new BufferedImage(size, size, BufferedImage.TYPE_INT_ARGB);
        Graphics2D pen = image.createGraphics();
        pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        pen.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        pen.scale(size / MarkShape.BOX, size / MarkShape.BOX);
        for (MarkShape shape : MarkShape.ALL) {
            pen.setColor(new Color(shape.role().rgb(lit)));
            if (shape.strokeWidth() > 0) {
                pen.setStroke(
                        new BasicStroke((float) shape.strokeWidth(), BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
                pen.draw(outline(shape.path()));
            } else {
                pen.fill(outline(shape.path()));
            }
        }
        pen.dispose();
        return image;
    }

    /** Reads the part of SVG's path grammar that {@link MarkShape} allows itself. */
    private static Path2D outline(String path) {
        Path2D outline = new Path2D.Double();
        StringTokenizer words = new StringTokenizer(path);
        while (words.hasMoreTokens()) {
            String command = words.nextToken();
            switch (command) {
                case "M" -> outline.moveTo(number(words), number(words));
                case "C" ->
                    outline.curveTo(
                            number(words), number(words), number(words), number(words), number(words), number(words));
                case "Z" -> outline.closePath();
                default -> throw new IllegalArgumentException("path command: " + command + " (expected: M, C or Z)");
            }
        }
        return outline;
    }

    private static double number(StringTokenizer words) {
        return Double.parseDouble(words.nextToken());
    }
}
