package dev.porthole.icons;

/**
 * The mark as pixels, for places that take neither SVG nor a scene: a desktop's tray, a notification, a file. Needs no
 * toolkit and no display. Each pixel's coverage comes from its distance to the outline, so small sizes stay smooth.
 */
public final class MarkPixels {
    // The dot of MarkLook.ATTENTION, in units of the box: its middle, its radius, and the gap around it.
    private static final double DOT_AT = 49;
    private static final double DOT_RADIUS = 13;
    private static final double DOT_GAP = 4;
    private static final int DOT_RGB = 0xD1242F;
    // A panel may be light or dark: glass without light in it lets the panel through, and is dim on both.
    private static final double DIM = 0.4;
    // Below this many pixels the water is a smear: the glass alone says more.
    private static final int SMALLEST_WITH_WATER = 20;

    private final int size;
    private final double scale;
    private final double[] red;
    private final double[] green;
    private final double[] blue;
    private final double[] alpha;

    private MarkPixels(int size) {
        this.size = size;
        this.scale = size / MarkShape.BOX;
        this.red = new double[size * size];
        this.green = new double[size * size];
        this.blue = new double[size * size];
        this.alpha = new double[size * size];
    }

    /**
     * Draws it on a transparent ground.
     *
     * @param size the side in pixels
     * @return rows from the top, each pixel as {@code 0xAARRGGBB}, not multiplied by its alpha
     */
    public static int[] argb(int size, MarkLook look) {
        return draw(size, look, 1);
    }

    /** The same for a desktop's panel, where nobody knows the ground: glass without light in it is half transparent. */
    public static int[] argbOnPanel(int size, MarkLook look) {
        return draw(size, look, look.lit() ? 1 : DIM);
    }

    private static int[] draw(int size, MarkLook look, double glass) {
        if (size < 1) {
            throw new IllegalArgumentException("size: " + size + " (expected: 1 or more)");
        }
        MarkPixels pixels = new MarkPixels(size);
        for (MarkShape shape : MarkShape.ALL) {
            if (shape.role() != MarkShape.Role.WATER || size >= SMALLEST_WITH_WATER) {
                pixels.paint(shape, shape.role().rgb(look.lit()), shape.role() == MarkShape.Role.GLASS ? glass : 1);
            }
        }
        if (look == MarkLook.ATTENTION) {
            pixels.dot();
        }
        return pixels.finished();
    }

    private void paint(MarkShape shape, int rgb, double opacity) {
        Outline outline = Outline.of(shape.path());
        double pen = shape.strokeWidth() / 2;
        for (int at = 0; at < alpha.length; at++) {
            double x = middle(at % size);
            double y = middle(at / size);
            double away = outline.distance(x, y);
            double outside = pen > 0 ? away - pen : outline.contains(x, y) ? -away : away;
            over(at, rgb, opacity * coverage(outside));
        }
    }

    private void dot() {
        for (int at = 0; at < alpha.length; at++) {
            double outside = Math.hypot(middle(at % size) - DOT_AT, middle(at / size) - DOT_AT) - DOT_RADIUS;
            double kept = 1 - coverage(outside - DOT_GAP);
            red[at] *= kept;
            green[at] *= kept;
            blue[at] *= kept;
            alpha[at] *= kept;
            over(at, DOT_RGB, coverage(outside));
        }
    }

    /** Where a pixel's middle is in the box. */
    private double middle(int pixel) {
        return (pixel + 0.5) / scale;
    }

    /** How much of a pixel is covered whose middle is so far outside of a shape, in units of the box. */
    private double coverage(double outside) {
        return Math.clamp(0.5 - outside * scale, 0, 1);
    }

    /** Porter-Duff "over", multiplied by alpha. */
    private void over(int at, int rgb, double cover) {
        double rest = 1 - cover;
        red[at] = (rgb >> 16 & 0xFF) * cover + red[at] * rest;
        green[at] = (rgb >> 8 & 0xFF) * cover + green[at] * rest;
        blue[at] = (rgb & 0xFF) * cover + blue[at] * rest;
        alpha[at] = cover + alpha[at] * rest;
    }

    private int[] finished() {
        int[] argb = new int[alpha.length];
        for (int at = 0; at < argb.length; at++) {
            int opacity = (int) Math.round(alpha[at] * 255);
            if (opacity > 0) {
                argb[at] = opacity << 24
                        | channel(red[at], alpha[at]) << 16
                        | channel(green[at], alpha[at]) << 8
                        | channel(blue[at], alpha[at]);
            }
        }
        return argb;
    }

    private static int channel(double multiplied, double opacity) {
        return Math.clamp(Math.round(multiplied / opacity), 0, 255);
    }
}
