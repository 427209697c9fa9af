package dev.porthole.core;

import dev.porthole.core.api.HostHeader;

/**
 * An app that answers, but not under the name that its visitors use: development servers refuse names that they do not
 * know, against DNS rebinding.
 *
 * @param app what kind of app it seems to be, such as {@code Vite}
 * @param setting where the app lists the names that it takes, such as {@code server.allowedHosts in vite.config}
 */
public record BlockedHost(String app, String setting) {
    /** What to change, in one line for a terminal or a log. */
    public String advice(HostHeader shown) {
        return shown instanceof HostHeader.Visitor
                ? app + " refuses the public name. Use --host-header localhost, or add the name to " + setting + "."
                : app + " refuses the name " + shown + ". Add it to " + setting + ".";
    }
}
