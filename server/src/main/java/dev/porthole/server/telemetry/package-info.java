/** What the server says about itself while it runs. */
@NullMarked
package dev.porthole.server.telemetry;

import org.jspecify.annotations.NullMarked;
