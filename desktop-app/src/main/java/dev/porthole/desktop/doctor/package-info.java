/** The doctor's checks on a screen, and their words for the screen and the command line. */
@NullMarked
package dev.porthole.desktop.doctor;

import org.jspecify.annotations.NullMarked;
