/** Links of the form {@code porthole://share?port=3000}, which can ask for a share and never make one. */
@NullMarked
package dev.porthole.desktop.links;

import org.jspecify.annotations.NullMarked;
