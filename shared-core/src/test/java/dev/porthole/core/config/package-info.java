@NullMarked
package dev.porthole.core.config;

import org.jspecify.annotations.NullMarked;
