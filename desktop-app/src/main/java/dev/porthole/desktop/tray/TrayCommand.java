package dev.porthole.desktop.tray;

/** What a person can choose in the tray's menu. Equal commands are the same entry. */
sealed interface TrayCommand {
    /** Brings the window to the front. */
    record Open() implements TrayCommand {}

    /** Ends the program, after asking if tunnels would stop. */
    record Quit() implements TrayCommand {}

    /** Signs in again, in the window. */
    record SignInAgain() implements TrayCommand {}

    /** Goes on in another project. */
    record SwitchProject(String projectId) implements TrayCommand {}

    /** Puts a tunnel's address on the clipboard. */
    record CopyAddress(String tunnelId) implements TrayCommand {}

    /** Shows a tunnel's address in the browser. */
    record OpenAddress(String tunnelId) implements TrayCommand {}

    /** Turns a tunnel on. */
    record Start(String tunnelId) implements TrayCommand {}

    /** Turns a tunnel off. */
    record Stop(String tunnelId) implements TrayCommand {}

    /** Shows all tunnels, in the window. */
    record AllTunnels() implements TrayCommand {}

    /** Asks in the window what to share. */
    record ShareSomething() implements TrayCommand {}

    /** Shares what listens on a port of this computer. */
    record SharePort(int port) implements TrayCommand {}

    /** Stops everything that this computer carries, and remembers what. */
    record PauseAll() implements TrayCommand {}

    /** Starts again what was paused. */
    record ResumeAll() implements TrayCommand {}
}
