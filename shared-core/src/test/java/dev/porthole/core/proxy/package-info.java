@NullMarked
package dev.porthole.core.proxy;

import org.jspecify.annotations.NullMarked;
