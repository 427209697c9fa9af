/**
 * What passes through tunnels on this computer: counted as it passes, shown to whoever watches, written down nowhere.
 */
@NullMarked
package dev.porthole.core.traffic;

import org.jspecify.annotations.NullMarked;
