package dev.porthole.desktop.ui;

import javafx.scene.layout.Region;

/** A small round light. It speaks to eyes only: the word stands beside it. */
public final class StateDot extends Region {
    public StateDot(Tone tone) {
        getStyleClass().add("state-dot");
        setTone(tone);
    }

    /** Changes the colour. */
    public void setTone(Tone tone) {
        tone.apply(this);
    }
}
