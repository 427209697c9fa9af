package dev.porthole.icons;

/** What the mark says. */
public enum MarkLook {
    /** Nothing is shared: the glass is dim. */
    IDLE,
    /** Something is shared: there is light in it. */
    SHARING,
    /** Something needs a person: a dot stands on the rim. */
    ATTENTION;

    /** Whether the glass is lit. */
    boolean lit() {
        return this == SHARING;
    }
}
