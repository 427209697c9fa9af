/** The companion server. */
@NullMarked
package dev.porthole.server;

import org.jspecify.annotations.NullMarked;
