/** Who did what. */
@NullMarked
package dev.porthole.server.audit;

import org.jspecify.annotations.NullMarked;
