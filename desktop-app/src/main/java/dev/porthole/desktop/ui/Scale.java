package dev.porthole.desktop.ui;

import java.util.Locale;

/**
 * How large everything is drawn. JavaFX reads it once, before its first window: another choice takes effect at the next
 * start. macOS scales by itself and takes no other.
 */
public enum Scale {
    SYSTEM(0),
    NORMAL(100),
    LARGE(125),
    LARGER(150),
    VERY_LARGE(175),
    DOUBLE(200);

    private final int percent;

    Scale(int percent) {
        this.percent = percent;
    }

    /** In percent; 0 for what the system says. */
    public int percent() {
        return percent;
    }

    /** Whether this system lets a program choose. */
    public static boolean canBeChosen() {
        return !System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("mac");
    }

    /** Tells JavaFX. Before it starts. */
    public void apply() {
        if (percent > 0) {
            for (String system : new String[] {"glass.gtk.uiScale", "glass.win.uiScale"}) {
                // What someone gave on the command line counts more.
                if (System.getProperty(system) == null) {
                    System.setProperty(system, percent + "%");
                }
            }
        }
    }
}
