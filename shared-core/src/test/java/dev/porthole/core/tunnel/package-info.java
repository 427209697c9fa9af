@NullMarked
package dev.porthole.core.tunnel;

import org.jspecify.annotations.NullMarked;
