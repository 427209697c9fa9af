@NullMarked
package dev.porthole.core.wire;

import org.jspecify.annotations.NullMarked;
