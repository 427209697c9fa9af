@NullMarked
package dev.porthole.core.api;

import org.jspecify.annotations.NullMarked;
