@NullMarked
package dev.porthole.core.update;

import org.jspecify.annotations.NullMarked;
