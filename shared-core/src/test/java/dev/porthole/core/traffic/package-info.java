@NullMarked
package dev.porthole.core.traffic;

import org.jspecify.annotations.NullMarked;
