/**
 * Tunnels from this computer's side: create or reuse, connect, enable, wait until ready; what they look like now; which
 * ones to carry again at the next start.
 */
@NullMarked
package dev.porthole.core.tunnel;

import org.jspecify.annotations.NullMarked;
