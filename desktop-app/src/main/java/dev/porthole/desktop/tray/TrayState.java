package dev.porthole.desktop.tray;

import dev.porthole.icons.MarkLook;
import java.util.List;

/**
 * The tray's icon, the words beside it and its menu, at one moment.
 *
 * @param hint what a pointer over the icon and a screen reader say
 */
record TrayState(MarkLook look, String hint, List<TrayEntry> menu) {
    TrayState {
        menu = List.copyOf(menu);
    }
}
