/**
 * Values that can be watched. No screen's library is known here; a view subscribes when shown and releases when hidden.
 */
@NullMarked
package dev.porthole.core.observe;

import org.jspecify.annotations.NullMarked;
