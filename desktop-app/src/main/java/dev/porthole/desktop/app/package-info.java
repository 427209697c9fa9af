/** Start, single instance, windows, navigation. */
@NullMarked
package dev.porthole.desktop.app;

import org.jspecify.annotations.NullMarked;
