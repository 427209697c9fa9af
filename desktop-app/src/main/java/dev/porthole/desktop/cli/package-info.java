/**
 * The command line. It drives the core's façade, as the screens do, and touches no class of JavaFX, so that it runs
 * where there is no display.
 */
@NullMarked
package dev.porthole.desktop.cli;

import org.jspecify.annotations.NullMarked;
