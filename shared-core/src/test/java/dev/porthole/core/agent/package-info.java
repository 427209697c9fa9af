@NullMarked
package dev.porthole.core.agent;

import org.jspecify.annotations.NullMarked;
