/** Where a user's files are, the choices kept in {@code config.yml}, and noticing when another process changes them. */
@NullMarked
package dev.porthole.core.config;

import org.jspecify.annotations.NullMarked;
