/** What the app and the command line have in common. */
@NullMarked
package dev.porthole.desktop;

import org.jspecify.annotations.NullMarked;
