/** Shared controls, the theme, the texts, and the one way off the FX thread and back. */
@NullMarked
package dev.porthole.desktop.ui;

import org.jspecify.annotations.NullMarked;
