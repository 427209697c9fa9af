package dev.porthole.core.tunnel;

/**
 * What was heard last of the active project.
 *
 * @param number grows with each
 * @param type of the event, such as {@code connector.updated}; empty if anything may have changed: the stream opened
 *     anew, or another project is the active one
 */
public record ProjectNews(long number, String type) {
    /** Nothing yet. */
    public static final ProjectNews NONE = new ProjectNews(0, "");

    ProjectNews next(String heard) {
        return new ProjectNews(number + 1, heard);
    }
}
