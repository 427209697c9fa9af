/** The control plane's records and its typed client. */
@NullMarked
package dev.porthole.core.api;

import org.jspecify.annotations.NullMarked;
