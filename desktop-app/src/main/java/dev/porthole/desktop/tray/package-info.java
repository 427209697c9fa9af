/** The icon in the desktop's tray: what it shows and offers, and the two ways to put it there. */
@NullMarked
package dev.porthole.desktop.tray;

import org.jspecify.annotations.NullMarked;
