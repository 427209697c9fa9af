@NullMarked
package dev.porthole.core.declared;

import org.jspecify.annotations.NullMarked;
