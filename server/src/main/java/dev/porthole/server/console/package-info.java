/** The server-rendered web pages. */
@NullMarked
package dev.porthole.server.console;

import org.jspecify.annotations.NullMarked;
