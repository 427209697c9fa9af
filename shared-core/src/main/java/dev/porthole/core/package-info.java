/** The façade that a screen or a command drives. */
@NullMarked
package dev.porthole.core;

import org.jspecify.annotations.NullMarked;
