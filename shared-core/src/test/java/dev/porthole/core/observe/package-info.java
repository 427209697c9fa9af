@NullMarked
package dev.porthole.core.observe;

import org.jspecify.annotations.NullMarked;
