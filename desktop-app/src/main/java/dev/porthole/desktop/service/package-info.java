/**
 * The headless agent as a service: what a service manager and a probe see of it, and how it is installed for its user.
 * Touches no JavaFX class.
 */
@NullMarked
package dev.porthole.desktop.service;

import org.jspecify.annotations.NullMarked;
