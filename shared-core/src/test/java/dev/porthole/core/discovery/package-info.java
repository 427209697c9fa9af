@NullMarked
package dev.porthole.core.discovery;

import org.jspecify.annotations.NullMarked;
