/** The listening ports of this computer, with the programs that own them. */
@NullMarked
package dev.porthole.core.discovery;

import org.jspecify.annotations.NullMarked;
