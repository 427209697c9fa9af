@NullMarked
package dev.porthole.core.webhook;

import org.jspecify.annotations.NullMarked;
