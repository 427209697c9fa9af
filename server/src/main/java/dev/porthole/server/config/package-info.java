/** One typed configuration: file, environment, flags. */
@NullMarked
package dev.porthole.server.config;

import org.jspecify.annotations.NullMarked;
