package dev.porthole.desktop.notifications;

/** What can be told, and turned off. */
public enum NoticeKind {
    /** A tunnel works. */
    READY,
    /** A tunnel works no more, and again. */
    LOST,
    /** The server takes this computer's sign-in no more. */
    SIGN_IN,
    /** Somebody has opened a tunnel's address for the first time. */
    FIRST_VISITOR,
    /** Something about the app itself that is said once. */
    ABOUT_THE_APP
}
