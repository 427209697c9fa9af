/** The mark, drawn once, and what is generated from it. */
@NullMarked
package dev.porthole.icons;

import org.jspecify.annotations.NullMarked;
