/** The whole of Porthole at once: a real server, a real agent, real local programs, real visitors. */
@NullMarked
package dev.porthole.desktop.e2e;

import org.jspecify.annotations.NullMarked;
