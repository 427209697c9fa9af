package dev.porthole.icons;

import java.util.List;

/**
 * One shape of the mark: a ring, the glass in it, and the water line. The app, the SVG files and the rendered icons all
 * have their shapes from here; a test compares the SVG files.
 *
 * @param path SVG path data, made of absolute {@code M}, {@code C} and {@code Z} only
 * @param strokeWidth the pen's width in units of {@link #BOX}; 0 for a filled shape
 */
public record MarkShape(Role role, String path, double strokeWidth) {
    /** The side of the square that the mark is drawn in. */
    public static final double BOX = 64;

    /** From back to front. */
    public static final List<MarkShape> ALL = List.of(
            new MarkShape(
                    Role.GLASS,
                    "M 48 32 C 48 40.837 40.837 48 32 48 C 23.163 48 16 40.837 16 32"
                            + " C 16 23.163 23.163 16 32 16 C 40.837 16 48 23.163 48 32 Z",
                    0),
            new MarkShape(
                    Role.WATER,
                    "M 17.5 36 C 21 32.5 24.5 32.5 27.5 35 C 30.5 37.5 33.5 37.5 36.5 35"
                            + " C 39.5 32.5 43 32.5 46.5 36",
                    3.5),
            new MarkShape(
                    Role.RING,
                    "M 60.5 32 C 60.5 47.74 47.74 60.5 32 60.5 C 16.26 60.5 3.5 47.74 3.5 32"
                            + " C 3.5 16.26 16.26 3.5 32 3.5 C 47.74 3.5 60.5 16.26 60.5 32 Z",
                    7));

    /** What a shape stands for, and its colour on a light ground, unlit and lit ({@code RRGGBB}). */
    public enum Role {
        GLASS("mark-glass", 0xCFE3FB, 0xFFD45C),
        WATER("mark-water", 0x0969DA, 0x0969DA),
        RING("mark-ring", 0x0969DA, 0x0969DA);

        private final String cssClass;
        private final int unlit;
        private final int lit;

        Role(String cssClass, int unlit, int lit) {
            this.cssClass = cssClass;
            this.unlit = unlit;
            this.lit = lit;
        }

        /** The style class that a screen's stylesheet colours. */
        public String cssClass() {
            return cssClass;
        }

        /** The colour in files, where no stylesheet is. */
        public int rgb(boolean isLit) {
            return isLit ? lit : unlit;
        }
    }
}
