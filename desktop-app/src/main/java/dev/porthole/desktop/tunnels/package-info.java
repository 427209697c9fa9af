/** The Tunnels screen. */
@NullMarked
package dev.porthole.desktop.tunnels;

import org.jspecify.annotations.NullMarked;
