@NullMarked
package dev.porthole.core;

import org.jspecify.annotations.NullMarked;
