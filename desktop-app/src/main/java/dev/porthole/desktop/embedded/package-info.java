/**
 * The embedded server ("This computer"): one background process per home, joined by whoever comes next. The only part
 * of the desktop module that knows the server's code.
 */
@NullMarked
package dev.porthole.desktop.embedded;

import org.jspecify.annotations.NullMarked;
