/** Whether there is a newer release, from a feed that only the makers of this one can have written. */
@NullMarked
package dev.porthole.core.update;

import org.jspecify.annotations.NullMarked;
