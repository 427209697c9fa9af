/** The project's connectors: this device, other devices, headless agents. */
@NullMarked
package dev.porthole.desktop.connectors;

import org.jspecify.annotations.NullMarked;
