/** Visitors: listeners, routing by Host, forwarding, error pages. */
@NullMarked
package dev.porthole.server.edge;

import org.jspecify.annotations.NullMarked;
