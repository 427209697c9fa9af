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

    private final String pseudoClass;

    Tone(String pseudoClass) {
        this.pseudoClass = pseudoClass;
    }

    /** Colours a node. */
    public void apply(Node node) {
        for (Tone tone : values()) {
            node.pseudoClassStateChanged(PseudoClass.getPseudoClass(tone.pseudoClass), tone == this);
        }
    }
}
