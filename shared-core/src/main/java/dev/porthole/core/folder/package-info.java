/** A folder as a web site: which file a target names, and the answer. Knows nothing of tunnels. */
@NullMarked
package dev.porthole.core.folder;

import org.jspecify.annotations.NullMarked;
