/** The desktop's session bus on Linux, which the tray and the notifications share. Knows no JavaFX. */
@NullMarked
package dev.porthole.desktop.dbus;

import org.jspecify.annotations.NullMarked;
