/** Which project new tunnels go to. */
@NullMarked
package dev.porthole.core.project;

import org.jspecify.annotations.NullMarked;
