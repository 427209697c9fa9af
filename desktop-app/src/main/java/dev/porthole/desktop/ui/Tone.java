package dev.porthole.desktop.ui;

import javafx.css.PseudoClass;
import javafx.scene.Node;

/** What a colour says; never alone, always beside a word. */
public enum Tone {
    /** Off, or nothing to say. */
    QUIET("quiet"),
    /** Fine. */
    GOOD("good"),
    /** On its way. */
    WAITING("waiting"),
    /** Wrong. */
    BAD("bad");

    private final PseudoClass pseudoClass;

    Tone(String name) {
        this.pseudoClass = PseudoClass.getPseudoClass(name);
    }

    /** Colours a node. */
    public void apply(Node node) {
        for (Tone tone : values()) {
            node.pseudoClassStateChanged(tone.pseudoClass, tone == this);
        }
    }
}
