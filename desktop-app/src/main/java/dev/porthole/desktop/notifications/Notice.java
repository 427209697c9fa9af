package dev.porthole.desktop.notifications;

/**
 * Something to tell. All words are plain text.
 *
 * @param key a later notice with the same key takes this one's place
 * @param about where a click leads
 */
public record Notice(String key, NoticeKind kind, String title, String text, Subject about) {
    /** Where a click on a notice leads. */
    public sealed interface Subject {
        /** One tunnel. */
        record OneTunnel(String tunnelId) implements Subject {}

        /** All tunnels. */
        record Tunnels() implements Subject {}

        /** The window, where what has to be done shows. */
        record Window() implements Subject {}
    }
}
