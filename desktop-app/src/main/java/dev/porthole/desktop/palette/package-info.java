/** Everything that the app can do, behind one field. */
@NullMarked
package dev.porthole.desktop.palette;

import org.jspecify.annotations.NullMarked;
