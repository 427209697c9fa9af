/** Starting with the desktop session: one file or registry value, which this app wrote and removes again. */
@NullMarked
package dev.porthole.desktop.autostart;

import org.jspecify.annotations.NullMarked;
